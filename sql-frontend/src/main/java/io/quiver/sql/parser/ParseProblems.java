package io.quiver.sql.parser;

import static java.util.Objects.requireNonNull;

import io.quiver.sql.parser.SqlTokens.Kind;
import io.quiver.sql.parser.SqlTokens.Token;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Turns what Calcite's parser throws into problems that say what to do.
 *
 * <p>The parser looks several words ahead and reports the first of them; the word in the way may be
 * the second or third. It is found again here from the sequences of words that would have done.
 */
final class ParseProblems {
  /** More possibilities than these help nobody. */
  private static final int MOST_NAMED = 4;

  private ParseProblems() {}

  static SqlProblemException translate(SqlParseException failure, String sql) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SqlProblemException problem) {
        return problem;
      }
      if (cause instanceof StackOverflowError) {
        return SqlProblem.of(
                ErrorCode.STATEMENT_TOO_DEEP,
                "the statement is nested deeper than this thread's stack can follow",
                "split it, or run it on a thread with a larger stack.")
            .asException();
      }
    }
    List<Token> tokens = SqlTokens.of(sql);
    for (Token token : tokens) {
      if (token.kind() == Kind.UNCLOSED) {
        return unclosed(token);
      }
    }
    SqlParserPos at = failure.getPos();
    int index = at == null ? 0 : indexAt(tokens, at);
    if (isAtEnd(failure)) {
      index = tokens.size() - 1;
    }
    if (startsNoStatement(failure)) {
      return noStatement(tokens);
    }
    if (sequences(failure).isEmpty() && !isLexical(failure)) {
      return refused(failure, tokens.get(index));
    }
    return unexpected(failure, tokens, index);
  }

  private static boolean isLexical(SqlParseException failure) {
    return String.valueOf(failure.getMessage()).startsWith("Lexical error");
  }

  /** The parser gives the end the position of what is before it. */
  private static boolean isAtEnd(SqlParseException failure) {
    return String.valueOf(failure.getMessage()).startsWith("Encountered \"<EOF>\"");
  }

  private static boolean startsNoStatement(SqlParseException failure) {
    return String.valueOf(failure.getMessage()).startsWith("Non-query expression");
  }

  private static SqlProblemException unclosed(Token token) {
    String what =
        switch (token.text().charAt(0)) {
          case '"' -> "name in double quotes";
          case '/' -> "comment";
          default -> "text";
        };
    String end =
        switch (token.text().charAt(0)) {
          case '"' -> "\"";
          case '/' -> "*/";
          default -> "'; a quote inside it is written twice";
        };
    return problem(
        SqlPosition.at(token.line(), token.column()),
        "the " + what + " that begins here is not closed",
        "close it with " + end + ".");
  }

  private static SqlProblemException noStatement(List<Token> tokens) {
    Token first = tokens.getFirst();
    String second = tokens.get(1).text();
    Optional<String> form = StatementForms.of(first.text(), second);
    if (form.isPresent()) {
      return problem(
          position(tokens.get(1)),
          "unexpected " + shown(tokens.get(1)),
          "the form is " + form.get() + ".");
    }
    return problem(
        position(first),
        "no statement begins with " + shown(first),
        StatementForms.nearest(first.text())
            .map(near -> "did you mean " + near + "?")
            .orElse("begin with SELECT, INSERT, CREATE or another statement of docs/sql.md."));
  }

  /** What the parser's own checks found, with their words. */
  private static SqlProblemException refused(SqlParseException failure, Token token) {
    Throwable cause = failure.getCause();
    if (cause instanceof ClassCastException
        || cause instanceof IndexOutOfBoundsException
        || cause instanceof NullPointerException) {
      SqlProblem problem =
          SqlProblem.of(
              ErrorCode.INTERNAL_ERROR,
              "the parser failed: " + cause,
              "please report it with the statement.");
      return new SqlProblemException(problem, failure);
    }
    Throwable told =
        cause instanceof CalciteContextException && cause.getCause() != null
            ? cause.getCause()
            : failure;
    String first =
        String.valueOf(told.getMessage())
            .lines()
            .findFirst()
            .map(
                line ->
                    line.replace("can not be parsed to type 'java.lang.Integer'", "is too large"))
            .orElse("the statement cannot be read");
    SqlPosition position =
        failure.getPos() == null ? position(token) : SqlPosition.of(failure.getPos());
    return problem(
        position,
        first.length() > 1 && Character.isUpperCase(first.charAt(1))
            ? first
            : Character.toLowerCase(first.charAt(0)) + first.substring(1),
        "write it as docs/sql.md describes.");
  }

  private static SqlProblemException unexpected(
      SqlParseException failure, List<Token> tokens, int first) {
    List<List<String>> open = sequences(failure);
    int index = first;
    int ahead = 0;
    while (tokens.get(index).kind() != Kind.END) {
      List<List<String>> further = following(open, ahead, tokens.get(index));
      if (further.isEmpty()) {
        break;
      }
      open = further;
      ahead++;
      index++;
    }
    Set<String> expected = new LinkedHashSet<>();
    for (List<String> sequence : open) {
      expected.add(sequence.get(ahead));
    }
    if (expected.size() > 1) {
      // True of nearly every place, so they tell nothing.
      expected.removeAll(Set.of(".", ";", "/*+"));
    }
    Token token = tokens.get(index);
    StringBuilder message = new StringBuilder("unexpected ").append(shown(token));
    if (!expected.isEmpty() && expected.size() <= MOST_NAMED && !isLexical(failure)) {
      message.append(", expected ").append(listed(expected));
    }
    SyntaxHints.Hint hint = SyntaxHints.at(tokens, index, expected);
    return problem(position(tokens.get(hint.index())), message.toString(), hint.remedy());
  }

  /** A, B or C. */
  private static String listed(Set<String> words) {
    List<String> list = List.copyOf(words);
    String last = list.getLast();
    return list.size() == 1
        ? last
        : String.join(", ", list.subList(0, list.size() - 1)) + " or " + last;
  }

  /** The sequences that go on after this token at this place. */
  private static List<List<String>> following(
      List<List<String>> sequences, int place, Token token) {
    List<List<String>> further = new ArrayList<>();
    for (List<String> sequence : sequences) {
      if (sequence.size() > place + 1 && matches(sequence.get(place), token)) {
        further.add(sequence);
      }
    }
    return further;
  }

  private static boolean matches(String expected, Token token) {
    return switch (expected) {
      case "a name" ->
          token.kind() == Kind.QUOTED_NAME
              || (token.kind() == Kind.WORD && !SyntaxHints.isReserved(token.text()));
      case "a quoted text" -> token.kind() == Kind.TEXT;
      case "a number" -> token.kind() == Kind.NUMBER;
      default -> token.is(expected);
    };
  }

  private static List<List<String>> sequences(SqlParseException failure) {
    @Nullable String @Nullable [] images = failure.getTokenImages();
    List<List<String>> sequences = new ArrayList<>();
    int @Nullable [] @Nullable [] expected = failure.getExpectedTokenSequences();
    if (expected == null || images == null) {
      return sequences;
    }
    for (int @Nullable [] kinds : expected) {
      List<String> sequence = new ArrayList<>();
      for (int kind : requireNonNull(kinds)) {
        sequence.add(readable(requireNonNull(images[kind])));
      }
      sequences.add(sequence);
    }
    return sequences;
  }

  /** A token of the grammar in words: {@code "FROM"} is FROM, {@code <IDENTIFIER>} a name. */
  private static String readable(String image) {
    if (image.startsWith("\"")) {
      return image.substring(1, image.length() - 1);
    }
    return switch (image) {
      case "<EOF>" -> "the end";
      case "<QUOTED_STRING>",
          "<PREFIXED_STRING_LITERAL>",
          "<UNICODE_STRING_LITERAL>",
          "<C_STYLE_ESCAPED_STRING_LITERAL>",
          "<BINARY_STRING_LITERAL>",
          "<BIG_QUERY_DOUBLE_QUOTED_STRING>",
          "<BIG_QUERY_QUOTED_STRING>" ->
          "a quoted text";
      case "<UNSIGNED_INTEGER_LITERAL>", "<DECIMAL_NUMERIC_LITERAL>", "<APPROX_NUMERIC_LITERAL>" ->
          "a number";
      default -> "a name";
    };
  }

  private static int indexAt(List<Token> tokens, SqlParserPos position) {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean past =
          token.line() > position.getLineNum()
              || (token.line() == position.getLineNum()
                  && token.column() + token.text().length() > position.getColumnNum());
      if (past) {
        return i;
      }
    }
    return tokens.size() - 1;
  }

  private static String shown(Token token) {
    return switch (token.kind()) {
      case END -> "end of the statement";
      case TEXT, QUOTED_NAME -> shortened(token.text());
      default -> "\"" + shortened(token.text()) + "\"";
    };
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 39) + "…";
  }

  private static SqlPosition position(Token token) {
    int end = token.column() + Math.max(1, firstLine(token.text()).length()) - 1;
    return new SqlPosition(token.line(), token.column(), token.line(), end);
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private static SqlProblemException problem(
      @Nullable SqlPosition position, String message, String remedy) {
    return new SqlProblem(ErrorCode.SYNTAX_ERROR, position, message, remedy).asException();
  }
}
