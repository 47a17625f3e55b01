package io.quiver.sql.problem;

import org.jspecify.annotations.Nullable;

/**
 * Renders a problem with the line of the statement it stands in and carets under it.
 *
 * <pre>
 * QV-2203 VECTOR_DIMENSIONS_DIFFER (SQLSTATE 22000) at line 1, column 47
 *   column "embedding" holds 768 dimensions, the query vector has 384
 *   ... ORDER BY embedding &lt;-&gt; '[0.12, …]' LIMIT 5
 *                              ^^^^^^^^^^^
 *   Remedy: embed the query with the model that filled the column.
 * </pre>
 */
final class ProblemText {
  /** Longest piece of a statement's line that is shown. */
  private static final int WIDTH = 76;

  private static final int BEFORE = 30;
  private static final String INDENT = "  ";

  private ProblemText() {}

  static String render(SqlProblem problem, @Nullable String statement) {
    StringBuilder text = new StringBuilder();
    ErrorCode code = problem.code();
    text.append(code.label()).append(' ').append(code.name());
    text.append(" (SQLSTATE ").append(code.sqlState()).append(')');
    SqlPosition position = problem.position();
    if (position != null) {
      text.append(" at line ").append(position.line());
      text.append(", column ").append(position.column());
    }
    text.append('\n').append(INDENT).append(problem.message());
    if (position != null && statement != null) {
      excerpt(text, position, statement);
    }
    return text.append('\n').append(INDENT).append("Remedy: ").append(problem.remedy()).toString();
  }

  private static void excerpt(StringBuilder text, SqlPosition position, String statement) {
    String line = line(statement, position.line());
    int from = Math.min(position.column() - 1, line.length());
    int to = position.endLine() > position.line() ? line.length() : position.endColumn();
    to = Math.clamp(to, from, line.length());
    int cut = line.length() <= WIDTH || from <= BEFORE ? 0 : wordStart(line, from - BEFORE, from);
    String before = (cut > 0 ? "... " : "") + line.substring(cut, from);
    int room = Math.max(12, WIDTH - before.length());
    String marked = shortened(line.substring(from, to), room);
    String after = shortened(line.substring(to), Math.max(4, room - marked.length()));
    text.append('\n').append(INDENT).append(visible(before + marked + after).stripTrailing());
    text.append('\n').append(INDENT).append(" ".repeat(before.length()));
    text.append("^".repeat(Math.max(1, marked.length())));
  }

  /** The line with this number, from 1, without its end; empty past the last. */
  private static String line(String statement, int number) {
    int start = 0;
    for (int i = 1; i < number; i++) {
      int end = endOfLine(statement, start);
      if (end == statement.length()) {
        return "";
      }
      boolean pair = statement.startsWith("\r\n", end);
      start = end + (pair ? 2 : 1);
    }
    return statement.substring(start, endOfLine(statement, start));
  }

  private static int endOfLine(String statement, int from) {
    int i = from;
    while (i < statement.length() && statement.charAt(i) != '\n' && statement.charAt(i) != '\r') {
      i++;
    }
    return i;
  }

  private static int wordStart(String line, int low, int high) {
    for (int i = low; i < high; i++) {
      if (line.charAt(i - 1) == ' ') {
        return i;
      }
    }
    return low;
  }

  private static String shortened(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  /** One column a character: tabs and control characters would move the carets. */
  private static String visible(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.chars().forEach(c -> out.append(Character.isISOControl(c) ? ' ' : (char) c));
    return out.toString();
  }
}
