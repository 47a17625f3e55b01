package io.quiver.sql.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A query with {@code ?} in the place of literals: what queries that differ by their values alone
 * have in common.
 *
 * <p>Read in one pass over the text, before anything is parsed, so that a vector of thousands of
 * characters costs no more than its reading. Taken out are texts that look like vectors, and texts
 * and whole numbers that a name is compared with: {@code lang = 'en'}, {@code year >= 2020}. All
 * other literals may decide about types, names or plans, and stay.
 *
 * @param text with {@code ?} for each literal taken out
 * @param literals in their order
 */
public record StatementShape(String text, List<Literal> literals) {
  private static final int LONGEST_WHOLE = 18;

  public StatementShape {
    literals = List.copyOf(literals);
  }

  /** A literal that was taken out. */
  public sealed interface Literal {
    /** Brackets around numbers: a vector, or rows of one. */
    record VectorText(String text) implements Literal {}

    /** A text without its quotes. */
    record Text(String text) implements Literal {}

    /** A whole number. */
    record Whole(long value) implements Literal {}
  }

  /** The shape of a query; empty for other statements, and where nothing is to be taken out. */
  public static Optional<StatementShape> of(String sql) {
    return isQuery(sql) ? new Reading(sql).read() : Optional.empty();
  }

  private static boolean isQuery(String sql) {
    int start = 0;
    while (start < sql.length() && Character.isWhitespace(sql.charAt(start))) {
      start++;
    }
    return sql.regionMatches(true, start, "SELECT", 0, 6)
        || sql.regionMatches(true, start, "WITH", 0, 4);
  }

  /** What stands before a literal. */
  private enum Before {
    OTHER,
    WORD,
    /** A comparison with a word before it. */
    COMPARISON,
    /** A parenthesis, a comma, an arrow or a distance operator. */
    ARGUMENT
  }

  private static final class Reading {
    private final String sql;
    private final StringBuilder out;
    private final List<Literal> literals = new ArrayList<>(4);
    private int next;
    private Before before = Before.OTHER;
    private int wordInSql;
    private int wordInOut;

    Reading(String sql) {
      this.sql = sql;
      this.out = new StringBuilder(Math.min(sql.length(), 512));
    }

    Optional<StatementShape> read() {
      while (next < sql.length()) {
        char c = sql.charAt(next);
        boolean known =
            switch (c) {
              case '?' -> false;
              case '\'' -> text();
              case '"' -> quotedName();
              case '-', '/' -> commentOrSign();
              default -> {
                if (Character.isWhitespace(c)) {
                  out.append(c);
                  next++;
                } else if (c >= '0' && c <= '9') {
                  number();
                } else if (Character.isLetter(c) || c == '_') {
                  word();
                } else {
                  sign();
                }
                yield true;
              }
            };
        if (!known) {
          return Optional.empty();
        }
      }
      return literals.isEmpty()
          ? Optional.empty()
          : Optional.of(new StatementShape(out.toString(), literals));
    }

    private void word() {
      wordInSql = next;
      wordInOut = out.length();
      while (next < sql.length() && isWordPart(sql.charAt(next))) {
        next++;
      }
      out.append(sql, wordInSql, next);
      before = Before.WORD;
    }

    private static boolean isWordPart(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '.';
    }

    private boolean quotedName() {
      int end = closing('"');
      if (end < 0) {
        return false;
      }
      copy(end);
      // No word that could say of what type a literal after it is.
      wordInSql = next;
      before = Before.WORD;
      return true;
    }

    private boolean commentOrSign() {
      if (sql.startsWith("--", next) || sql.startsWith("//", next)) {
        int end = sql.indexOf('\n', next);
        copy(end < 0 ? sql.length() : end);
        return true;
      }
      if (sql.startsWith("/*", next)) {
        int end = sql.indexOf("*/", next + 2);
        if (end < 0) {
          return false;
        }
        copy(end + 2);
        return true;
      }
      sign();
      return true;
    }

    private void sign() {
      int start = next;
      char c = sql.charAt(next++);
      if (c == '<' || c == '>' || c == '=' || c == '!') {
        while (next < sql.length() && "<>=#+-".indexOf(sql.charAt(next)) >= 0 && next - start < 3) {
          next++;
        }
      }
      out.append(sql, start, next);
      String sign = next - start == 1 ? "" : sql.substring(start, next);
      boolean compares =
          next - start == 1
              ? c == '=' || c == '<' || c == '>'
              : switch (sign) {
                case "<>", "!=", "<=", ">=" -> true;
                default -> false;
              };
      before =
          compares
              ? before == Before.WORD ? Before.COMPARISON : Before.OTHER
              : switch (sign) {
                case "<=>", "<->", "<#>", "<+>", "=>" -> Before.ARGUMENT;
                default -> c == '(' || c == ',' ? Before.ARGUMENT : Before.OTHER;
              };
    }

    private void number() {
      int start = next;
      while (next < sql.length() && isWordPart(sql.charAt(next))) {
        next++;
      }
      boolean whole = next - start <= LONGEST_WHOLE;
      for (int i = start; i < next && whole; i++) {
        whole = sql.charAt(i) >= '0' && sql.charAt(i) <= '9';
      }
      if (whole && before == Before.COMPARISON && standsAlone(next)) {
        literals.add(new Literal.Whole(Long.parseLong(sql, start, next, 10)));
        out.append('?');
      } else {
        out.append(sql, start, next);
      }
      before = Before.OTHER;
    }

    private boolean text() {
      int end = closing('\'');
      if (end < 0) {
        return false;
      }
      boolean ofVector = isVector(end);
      boolean typed = before == Before.WORD && isVectorWord();
      if (ofVector && (typed || before == Before.ARGUMENT) && standsAlone(end)) {
        if (typed) {
          out.setLength(wordInOut);
        }
        literals.add(new Literal.VectorText(sql.substring(next + 1, end - 1)));
        out.append('?');
        next = end;
      } else if (before == Before.COMPARISON && standsAlone(end)) {
        literals.add(new Literal.Text(sql.substring(next + 1, end - 1).replace("''", "'")));
        out.append('?');
        next = end;
      } else {
        copy(end);
      }
      before = Before.OTHER;
      return true;
    }

    /** Whether it begins as a vector does and is long enough to be worth it. */
    private boolean isVector(int end) {
      if (end - next < 5 || sql.charAt(next + 1) != '[' || sql.charAt(end - 2) != ']') {
        return false;
      }
      char second = sql.charAt(next + 2);
      return second >= '0' && second <= '9' || second == '-' || second == '.' || second == '[';
    }

    private boolean isVectorWord() {
      int length = "VECTOR".length();
      return sql.regionMatches(true, wordInSql, "VECTOR", 0, length)
          && (wordInSql + length == next || Character.isWhitespace(sql.charAt(wordInSql + length)));
    }

    /**
     * Whether a literal that ends here is a whole operand: no operator joins it to what follows.
     */
    private boolean standsAlone(int end) {
      int i = end;
      while (i < sql.length() && Character.isWhitespace(sql.charAt(i))) {
        i++;
      }
      if (i == sql.length()) {
        return true;
      }
      char c = sql.charAt(i);
      if (c == ')' || c == ',' || c == ';' || c == '<' || c == '=' || c == '>') {
        return true;
      }
      return Character.isLetter(c)
          && !sql.regionMatches(true, i, "ESCAPE", 0, 6)
          && !sql.regionMatches(true, i, "COLLATE", 0, 7)
          && !sql.regionMatches(true, i, "UESCAPE", 0, 7);
    }

    /** Where a quoted piece that begins here ends, or -1. */
    private int closing(char quote) {
      int i = next + 1;
      while (true) {
        i = sql.indexOf(quote, i);
        if (i < 0) {
          return -1;
        }
        if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
          i += 2;
        } else {
          return i + 1;
        }
      }
    }

    private void copy(int end) {
      out.append(sql, next, end);
      next = end;
    }
  }
}
