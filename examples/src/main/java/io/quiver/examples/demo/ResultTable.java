package io.quiver.examples.demo;

import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints a result the way a person reads it: aligned, long values cut, fractions rounded. */
public final class ResultTable {
  private static final int WIDEST = 60;
  private static final int LONGEST_FRACTION = 6;

  private final List<List<String>> rows = new ArrayList<>();
  private final List<Integer> widths = new ArrayList<>();

  private ResultTable() {}

  /** Reads a result to its end. */
  public static ResultTable of(ResultSet result) throws SQLException {
    ResultTable table = new ResultTable();
    ResultSetMetaData columns = result.getMetaData();
    List<String> labels = new ArrayList<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      labels.add(columns.getColumnLabel(i));
    }
    boolean isPlan = labels.size() == 1;
    table.add(labels, isPlan);
    while (result.next()) {
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= labels.size(); i++) {
        values.add(text(result.getObject(i)));
      }
      table.add(values, isPlan);
    }
    return table;
  }

  /** How many rows it has, without the line of labels. */
  public int rowCount() {
    return rows.size() - 1;
  }

  /** Prints it, indented by two. */
  public void print(PrintStream out) {
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("  ");
      for (int i = 0; i < row.size(); i++) {
        String value = row.get(i);
        line.append(value).append(" ".repeat(widths.get(i) - value.length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private void add(List<String> values, boolean isPlan) {
    List<String> row = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String value = isPlan ? values.get(i) : cut(values.get(i));
      row.add(value);
      if (widths.size() <= i) {
        widths.add(0);
      }
      widths.set(i, Math.max(widths.get(i), value.length()));
    }
    rows.add(row);
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "NULL";
      case Double number -> String.format(Locale.ROOT, "%.4f", number);
      case BigDecimal number when number.scale() > LONGEST_FRACTION ->
          number.setScale(LONGEST_FRACTION, RoundingMode.HALF_EVEN).toPlainString();
      default -> String.valueOf(value);
    };
  }

  private static String cut(String value) {
    String oneLine = value.replaceAll("\\s+", " ");
    return oneLine.length() <= WIDEST ? oneLine : oneLine.substring(0, WIDEST - 1) + "…";
  }
}
