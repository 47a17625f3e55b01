package io.quiver.server.cli;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints a result the way a person reads it: columns aligned, fractions rounded to six digits. */
public final class ResultTable {
  private static final int DIGITS = 6;

  /** Rows that are looked at before the first is printed, to know how wide the columns are. */
  private static final int ROWS_AT_A_TIME = 1_000;

  private final PrintStream out;
  private final String indent;
  private final int widest;

  /**
   * @param indent before each line
   * @param widest characters a value may have before it is put on one line and cut
   */
  public ResultTable(PrintStream out, String indent, int widest) {
    this.out = out;
    this.indent = indent;
    this.widest = widest;
  }

  /** Prints a result to its end, labels first; returns how many rows it had. */
  public long print(ResultSet result) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    String[] labels = new String[columns.getColumnCount()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = columns.getColumnLabel(i + 1);
    }
    // A plan is one column of long lines, and of no use when they are cut.
    int bound = labels.length == 1 ? Integer.MAX_VALUE : widest;
    int[] widths = new int[labels.length];
    List<String[]> waiting = new ArrayList<>();
    waiting.add(labels);
    long rows = 0;
    while (result.next()) {
      rows++;
      String[] values = new String[labels.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = cut(text(result, i + 1), bound);
      }
      waiting.add(values);
      if (waiting.size() > ROWS_AT_A_TIME) {
        print(waiting, widths);
      }
    }
    print(waiting, widths);
    return rows;
  }

  private void print(List<String[]> rows, int[] widths) {
    for (String[] row : rows) {
      Arrays.setAll(widths, i -> Math.max(widths[i], row[i].length()));
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < row.length; i++) {
        line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
    rows.clear();
  }

  private static String text(ResultSet result, int column) throws SQLException {
    @Nullable Object value = result.getObject(column);
    return switch (value) {
      case null -> "NULL";
      case Double number -> rounded(number);
      case Float number -> rounded(number);
      case BigDecimal number when number.scale() > DIGITS ->
          number.setScale(DIGITS, RoundingMode.HALF_EVEN).toPlainString();
      default -> String.valueOf(result.getString(column));
    };
  }

  /** Six digits after the point, or six that mean something where the number is smaller than 1. */
  private static String rounded(double number) {
    double size = Math.abs(number);
    if (!Double.isFinite(number) || size >= 1e15 || (size > 0 && size < 1e-9)) {
      return String.valueOf(number);
    }
    BigDecimal exact = new BigDecimal(number);
    BigDecimal shown =
        size < 1
            ? exact.round(new MathContext(DIGITS))
            : exact.setScale(DIGITS, RoundingMode.HALF_EVEN);
    String text = shown.stripTrailingZeros().toPlainString();
    return text.contains(".") ? text : String.format(Locale.ROOT, "%s.0", text);
  }

  private static String cut(String value, int bound) {
    if (value.length() <= bound && value.indexOf('\n') < 0) {
      return value;
    }
    String oneLine = value.replaceAll("\\s+", " ");
    return oneLine.length() <= bound ? oneLine : oneLine.substring(0, bound - 1) + "…";
  }
}
