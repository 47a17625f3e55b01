package io.quiver.sql.parser;

import java.util.Arrays;
import java.util.List;

/**
 * The words and signs of a statement, read one after another, without the grammar: for what has to
 * be known before it parses (how deep it nests) and after it failed to (which word is in the way).
 */
final class SqlTokens {
  /** What a token is. */
  enum Kind {
    WORD,
    QUOTED_NAME,
    TEXT,
    NUMBER,
    SIGN,
    /** A quote or comment that is never closed; it reaches to the end of the text. */
    UNCLOSED,
    END
  }

  /**
   * A token.
   *
   * @param line from 1
   * @param column from 1
   */
  record Token(Kind kind, String text, int line, int column) {
    boolean is(String word) {
      return text.equalsIgnoreCase(word) && (kind == Kind.WORD || kind == Kind.SIGN);
    }
  }

  private static final List<String> LONG_SIGNS =
      List.of(
          "->>", "<->", "<=>", "<#>", "<+>", "::", "<=", ">=", "<>", "!=", "->", "=>", "||", "..",
          "<<", "@>", "<@", "@@", "&&");

  private final String sql;
  private int next;
  private int line = 1;
  private int lineStart;

  SqlTokens(String sql) {
    this.sql = sql;
  }

  /** All tokens of a text, the last being the end. */
  static List<Token> of(String sql) {
    SqlTokens tokens = new SqlTokens(sql);
    Token[] found = new Token[16];
    int count = 0;
    while (true) {
      Token token = tokens.next();
      if (count == found.length) {
        found = Arrays.copyOf(found, count * 2);
      }
      found[count++] = token;
      if (token.kind() == Kind.END) {
        return List.of(Arrays.copyOf(found, count));
      }
    }
  }

  /** The next token; the end again and again once it is reached. */
  Token next() {
    int blanks = skipBlanks();
    if (blanks >= 0) {
      return token(Kind.UNCLOSED, blanks, sql.length());
    }
    int start = next;
    if (start == sql.length()) {
      return token(Kind.END, start, start);
    }
    int firstLine = line;
    int firstColumn = start - lineStart + 1;
    char c = sql.charAt(start);
    Kind kind;
    if (c == '\'') {
      kind = quoted('\'', false) ? Kind.TEXT : Kind.UNCLOSED;
    } else if (c == '"') {
      kind = quoted('"', false) ? Kind.QUOTED_NAME : Kind.UNCLOSED;
    } else if ((c == 'e' || c == 'E') && charAt(start + 1) == '\'') {
      next++;
      kind = quoted('\'', true) ? Kind.TEXT : Kind.UNCLOSED;
    } else if (Character.isLetter(c) || c == '_' || c == '$') {
      while (isWordPart(charAt(next))) {
        next++;
      }
      kind = Kind.WORD;
    } else if (isDigit(c) || (c == '.' && isDigit(charAt(start + 1)))) {
      number();
      kind = Kind.NUMBER;
    } else {
      next += signLength(start);
      kind = Kind.SIGN;
    }
    return new Token(kind, sql.substring(start, next), firstLine, firstColumn);
  }

  private Token token(Kind kind, int from, int to) {
    return new Token(kind, sql.substring(from, to), line, from - lineStart + 1);
  }

  /** Passes blanks and comments; where a comment that is not closed begins, or -1. */
  private int skipBlanks() {
    while (next < sql.length()) {
      char c = sql.charAt(next);
      if (c == '\n') {
        next++;
        newLine();
      } else if (Character.isWhitespace(c)) {
        next++;
      } else if (sql.startsWith("--", next) || sql.startsWith("//", next)) {
        int end = sql.indexOf('\n', next);
        next = end < 0 ? sql.length() : end;
      } else if (sql.startsWith("/*+", next)) {
        next += 3;
      } else if (sql.startsWith("*/", next)) {
        next += 2;
      } else if (sql.startsWith("/*", next)) {
        int end = sql.indexOf("*/", next + 2);
        if (end < 0) {
          int start = next;
          next = sql.length();
          return start;
        }
        passLines(next, end);
        next = end + 2;
      } else {
        return -1;
      }
    }
    return -1;
  }

  /** Passes a quoted piece, doubled quotes standing for one; false if it is not closed. */
  private boolean quoted(char quote, boolean backslashes) {
    int i = next + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == quote && charAt(i + 1) != quote) {
        passLines(next, i);
        next = i + 1;
        return true;
      }
      boolean pair = c == quote || (backslashes && c == '\\');
      i += pair ? 2 : 1;
    }
    next = sql.length();
    return false;
  }

  private void number() {
    while (isDigit(charAt(next)) || charAt(next) == '.') {
      next++;
    }
    char e = charAt(next);
    if (e == 'e' || e == 'E') {
      int digits = charAt(next + 1) == '+' || charAt(next + 1) == '-' ? next + 2 : next + 1;
      if (isDigit(charAt(digits))) {
        next = digits;
        while (isDigit(charAt(next))) {
          next++;
        }
      }
    }
  }

  private int signLength(int start) {
    for (String sign : LONG_SIGNS) {
      if (sql.startsWith(sign, start)) {
        return sign.length();
      }
    }
    return Character.charCount(sql.codePointAt(start));
  }

  private void passLines(int from, int to) {
    for (int i = sql.indexOf('\n', from); i >= 0 && i < to; i = sql.indexOf('\n', i + 1)) {
      line++;
      lineStart = i + 1;
    }
  }

  private void newLine() {
    line++;
    lineStart = next;
  }

  private char charAt(int index) {
    return index < sql.length() ? sql.charAt(index) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }
}
