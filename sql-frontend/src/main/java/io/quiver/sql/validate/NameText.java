package io.quiver.sql.validate;

import io.quiver.sql.problem.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCharStringLiteral;

/**
 * Names within text arguments: {@code 'schema.table'} as they are spelt, and in quotes what has
 * dots in it: {@code 'schema."a.b"'}.
 */
final class NameText {
  private static final char QUOTE = '"';

  private NameText() {}

  /** The parts of a name, at least one. */
  static List<String> parts(SqlCharStringLiteral literal) {
    String text = literal.getValueAs(String.class);
    List<String> parts = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder part = new StringBuilder();
      if (at < text.length() && text.charAt(at) == QUOTE) {
        at = quoted(literal, text, at + 1, part);
      } else {
        while (at < text.length() && text.charAt(at) != '.') {
          part.append(text.charAt(at++));
        }
      }
      parts.add(part.toString());
      if (at == text.length()) {
        return parts;
      }
      if (text.charAt(at) != '.') {
        throw malformed(literal, text);
      }
      at++;
    }
  }

  /** A name alone, which may have dots even without quotes. */
  static String single(SqlCharStringLiteral literal) {
    String text = literal.getValueAs(String.class);
    if (text.isEmpty() || text.charAt(0) != QUOTE) {
      return text;
    }
    List<String> parts = parts(literal);
    if (parts.size() != 1) {
      throw malformed(literal, text);
    }
    return parts.getFirst();
  }

  /** Reads to the closing quote; two quotes are one that is meant. */
  private static int quoted(
      SqlCharStringLiteral literal, String text, int start, StringBuilder part) {
    int at = start;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != QUOTE) {
        part.append(c);
      } else if (at < text.length() && text.charAt(at) == QUOTE) {
        part.append(c);
        at++;
      } else {
        return at;
      }
    }
    throw malformed(literal, text);
  }

  private static RuntimeException malformed(SqlCharStringLiteral literal, String text) {
    return SearchCallReader.problem(
        literal,
        ErrorCode.FUNCTION_ARGUMENT_INVALID,
        "the quotes in the name " + text + " do not match",
        "write 'table', 'schema.table' or 'schema.\"a.b\"'.");
  }
}
