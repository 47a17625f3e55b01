package io.quiver.planner.expression;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Functions of text. Positions count characters from 1; a character is a code point. */
final class TextFunctions {
  private static final int LONGEST_PADDED = 10_000_000;

  private TextFunctions() {}

  private interface TextOperation {
    @Nullable Object apply(String text, @Nullable Object[] rest);
  }

  static @Nullable Evaluator compile(RexCall call, Evaluator[] operands) {
    if (operands.length == 0) {
      return constant(call);
    }
    if (call.getOperator().getName().equalsIgnoreCase("OCTET_LENGTH")) {
      return octets(operands[0]);
    }
    for (RexNode operand : call.getOperands()) {
      if (operand.getType().getSqlTypeName().getName().startsWith("INTERVAL")
          || SqlTypeUtil.isBinary(operand.getType())
          || operand.getType().getSqlTypeName() == org.apache.calcite.sql.type.SqlTypeName.ARRAY) {
        return null;
      }
    }
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "UPPER" -> text(operands, (text, rest) -> text.toUpperCase(Locale.ROOT));
      case "LOWER" -> text(operands, (text, rest) -> text.toLowerCase(Locale.ROOT));
      case "CHAR_LENGTH", "CHARACTER_LENGTH", "LENGTH" ->
          text(operands, (text, rest) -> text.codePointCount(0, text.length()));
      case "||" -> text(operands, (text, rest) -> text + rest[0]);
      case "CONCAT" -> concatenation(operands);
      case "SUBSTRING", "SUBSTR" -> text(operands, TextFunctions::substring);
      case "POSITION" -> text(operands, TextFunctions::position);
      case "STRPOS" ->
          text(operands, (text, rest) -> position((String) required(rest[0]), new Object[] {text}));
      case "REPLACE" ->
          text(
              operands,
              (text, rest) ->
                  ((String) required(rest[0])).isEmpty()
                      ? text
                      : text.replace((String) required(rest[0]), (String) required(rest[1])));
      case "TRIM" -> trim(call, operands);
      case "LTRIM" -> text(operands, (text, rest) -> trim(text, characters(rest), true, false));
      case "RTRIM" -> text(operands, (text, rest) -> trim(text, characters(rest), false, true));
      case "BTRIM" -> text(operands, (text, rest) -> trim(text, characters(rest), true, true));
      case "LEFT" -> text(operands, (text, rest) -> left(text, whole(rest[0])));
      case "RIGHT" -> text(operands, (text, rest) -> right(text, whole(rest[0])));
      case "LPAD" -> text(operands, (text, rest) -> padded(text, rest, true));
      case "RPAD" -> text(operands, (text, rest) -> padded(text, rest, false));
      case "INITCAP" -> text(operands, (text, rest) -> initials(text));
      case "TRANSLATE3" -> text(operands, TextFunctions::translated);
      case "CHR" -> text(operands, (code, rest) -> character(new BigDecimal(code)));
      case "CONCAT_WS" -> separated(operands);
      case "REPEAT" -> text(operands, (text, rest) -> text.repeat(Math.max(0, whole(rest[0]))));
      case "REVERSE" ->
          text(operands, (text, rest) -> new StringBuilder(text).reverse().toString());
      case "STARTS_WITH", "STARTSWITH" ->
          text(operands, (text, rest) -> text.startsWith((String) required(rest[0])));
      case "ENDS_WITH", "ENDSWITH" ->
          text(operands, (text, rest) -> text.endsWith((String) required(rest[0])));
      case "SPLIT_PART" -> text(operands, TextFunctions::splitPart);
      case "ASCII" -> text(operands, (text, rest) -> text.isEmpty() ? 0 : text.codePointAt(0));
      default -> null;
    };
  }

  private static @Nullable Evaluator constant(RexCall call) {
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "CURRENT_USER", "USER", "SESSION_USER", "SYSTEM_USER" ->
          (row, bindings) -> bindings.user();
      case "CURRENT_SCHEMA" -> (row, bindings) -> bindings.schema();
      default -> null;
    };
  }

  /** Of bytes, or of text in UTF-8. */
  private static Evaluator octets(Evaluator operand) {
    return (row, bindings) ->
        switch (operand.evaluate(row, bindings)) {
          case null -> null;
          case byte[] bytes -> bytes.length;
          case Object text -> text.toString().getBytes(StandardCharsets.UTF_8).length;
        };
  }

  /** Null where any operand is. */
  private static Evaluator text(Evaluator[] operands, TextOperation operation) {
    return (row, bindings) -> {
      Object first = operands[0].evaluate(row, bindings);
      if (first == null) {
        return null;
      }
      @Nullable Object[] rest = new Object[operands.length - 1];
      for (int i = 0; i < rest.length; i++) {
        rest[i] = operands[i + 1].evaluate(row, bindings);
        if (rest[i] == null) {
          return null;
        }
      }
      return operation.apply(first.toString(), rest);
    };
  }

  /** PostgreSQL's CONCAT: null counts as the empty text. */
  private static Evaluator concatenation(Evaluator[] operands) {
    return (row, bindings) -> {
      StringBuilder all = new StringBuilder();
      for (Evaluator operand : operands) {
        Object value = operand.evaluate(row, bindings);
        if (value != null) {
          all.append(value);
        }
      }
      return all.toString();
    };
  }

  private static Object required(@Nullable Object value) {
    if (value == null) {
      throw new IllegalStateException("An operand that was checked is null");
    }
    return value;
  }

  private static int whole(@Nullable Object value) {
    return Math.clamp(((Number) required(value)).longValue(), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static String substring(String text, @Nullable Object[] rest) {
    int length = text.codePointCount(0, text.length());
    long from = ((Number) required(rest[0])).longValue();
    long to = rest.length > 1 ? from + ((Number) required(rest[1])).longValue() : length + 1L;
    int start = Math.clamp(from - 1, 0, length);
    int end = Math.clamp(to - 1, start, length);
    return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
  }

  /** POSITION(part IN text FROM place): the part comes first. */
  private static int position(String part, @Nullable Object[] rest) {
    String text = (String) required(rest[0]);
    int from = rest.length < 2 ? 1 : whole(rest[1]);
    if (from < 1 || from > text.codePointCount(0, text.length()) + 1) {
      return 0;
    }
    int found = text.indexOf(part, text.offsetByCodePoints(0, from - 1));
    return found < 0 ? 0 : text.codePointCount(0, found) + 1;
  }

  private static Evaluator trim(RexCall call, Evaluator[] operands) {
    SqlTrimFunction.Flag flag =
        call.getOperands().getFirst() instanceof RexLiteral literal
            ? literal.getValueAs(SqlTrimFunction.Flag.class)
            : SqlTrimFunction.Flag.BOTH;
    boolean leading = flag != SqlTrimFunction.Flag.TRAILING;
    boolean trailing = flag != SqlTrimFunction.Flag.LEADING;
    return text(
        operands,
        (characters, rest) -> trim((String) required(rest[0]), characters, leading, trailing));
  }

  private static String characters(@Nullable Object[] rest) {
    return rest.length == 0 ? " " : (String) required(rest[0]);
  }

  private static String trim(String text, String characters, boolean leading, boolean trailing) {
    int start = 0;
    int end = text.length();
    while (leading && start < end && characters.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (trailing && end > start && characters.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }

  /** To a length; what is longer loses its end. No fill leaves the text as short as it is. */
  private static String padded(String text, @Nullable Object[] rest, boolean left) {
    int length = text.codePointCount(0, text.length());
    int wanted = Math.max(0, whole(rest[0]));
    String fill = rest.length > 1 ? (String) required(rest[1]) : " ";
    if (wanted <= length || fill.isEmpty()) {
      return left(text, wanted);
    }
    if (wanted > LONGEST_PADDED) {
      throw EvaluationProblem.badArgument(
          "a text cannot be padded to " + wanted + " characters",
          "pad it to " + LONGEST_PADDED + " at most.");
    }
    int fillLength = fill.codePointCount(0, fill.length());
    String padding = left(fill.repeat((wanted - length) / fillLength + 1), wanted - length);
    return left ? padding + text : text + padding;
  }

  /** The first letter of each word in upper case, the others in lower. */
  private static String initials(String text) {
    StringBuilder result = new StringBuilder(text.length());
    boolean inWord = false;
    for (int c : text.codePoints().toArray()) {
      result.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
      inWord = Character.isLetterOrDigit(c);
    }
    return result.toString();
  }

  /** Characters of one text become those at the same places of another, or go. */
  private static String translated(String text, @Nullable Object[] rest) {
    int[] from = ((String) required(rest[0])).codePoints().toArray();
    int[] to = ((String) required(rest[1])).codePoints().toArray();
    StringBuilder result = new StringBuilder(text.length());
    for (int c : text.codePoints().toArray()) {
      int at = 0;
      while (at < from.length && from[at] != c) {
        at++;
      }
      if (at == from.length) {
        result.appendCodePoint(c);
      } else if (at < to.length) {
        result.appendCodePoint(to[at]);
      }
    }
    return result.toString();
  }

  private static String character(BigDecimal code) {
    if (code.signum() <= 0 || code.compareTo(BigDecimal.valueOf(Character.MAX_CODE_POINT)) > 0) {
      throw EvaluationProblem.badArgument(
          "no character has the code " + code.toPlainString(), "give a code from 1 to 1114111.");
    }
    return Character.toString(code.intValue());
  }

  /** Values with the first between them; null where that is, while other nulls are left out. */
  private static Evaluator separated(Evaluator[] operands) {
    return (row, bindings) -> {
      Object separator = operands[0].evaluate(row, bindings);
      if (separator == null) {
        return null;
      }
      List<String> parts = new ArrayList<>();
      for (Evaluator operand : Arrays.asList(operands).subList(1, operands.length)) {
        Object value = operand.evaluate(row, bindings);
        if (value != null) {
          parts.add(value.toString());
        }
      }
      return String.join(separator.toString(), parts);
    };
  }

  private static String left(String text, int count) {
    int length = text.codePointCount(0, text.length());
    int kept = count < 0 ? Math.max(0, length + count) : Math.min(count, length);
    return text.substring(0, text.offsetByCodePoints(0, kept));
  }

  private static String right(String text, int count) {
    int length = text.codePointCount(0, text.length());
    int kept = count < 0 ? Math.max(0, length + count) : Math.min(count, length);
    return text.substring(text.offsetByCodePoints(0, length - kept));
  }

  private static String splitPart(String text, @Nullable Object[] rest) {
    String[] parts = text.split(Pattern.quote((String) required(rest[0])), -1);
    int wanted = whole(rest[1]);
    int index = wanted < 0 ? parts.length + wanted : wanted - 1;
    return index >= 0 && index < parts.length ? parts[index] : "";
  }
}
