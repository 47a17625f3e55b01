package io.quiver.jdbc.slt;

import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs the blocks of a file over one database, and says what each gave. */
final class SltRun implements AutoCloseable {
  private final String url;
  private final boolean restarts;
  private final List<String> settings = new ArrayList<>();
  private Connection connection;
  private boolean changed;
  private boolean inTransaction;

  /**
   * @param restarts whether the database is closed and opened again between changing and reading,
   *     outside transactions
   */
  SltRun(String url, boolean restarts) throws SQLException {
    this.url = url;
    this.restarts = restarts;
    this.connection = DriverManager.getConnection(url);
  }

  /** The block as it should be written for what really came. */
  SltRecord actual(SltRecord record) throws SQLException {
    if (record.isReading()) {
      if (changed && restarts && !inTransaction) {
        reopen();
      }
      changed = false;
    } else {
      changed = true;
    }
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(record.sql());
      String first = record.text().stripLeading().toUpperCase(Locale.ROOT);
      if (first.matches("(?s)(BEGIN|START)\\b.*")) {
        inTransaction = true;
      } else if (first.matches("(?s)(COMMIT|ROLLBACK)(?! TO)\\b.*")) {
        inTransaction = false;
      }
      if (first.startsWith("SET ") || first.startsWith("RESET ")) {
        settings.add(record.text());
      }
      List<String> lines = new ArrayList<>(warnings(statement));
      if (rows) {
        lines.addAll(rows(statement.getResultSet(), record.sorts()));
        return record.with(record.isReading() ? record.header() : "query", lines);
      }
      long count = statement.getLargeUpdateCount();
      return record.with(count == 0 ? "statement ok" : "statement count " + count, lines);
    } catch (SQLException e) {
      List<String> lines = new ArrayList<>();
      lines.add("SQLSTATE " + e.getSQLState());
      String message = String.valueOf(e.getMessage());
      message.lines().map(line -> line.isBlank() ? "\\" : line).forEach(lines::add);
      return record.with("statement error", lines);
    }
  }

  private void reopen() throws SQLException {
    connection.close();
    connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      for (String setting : settings) {
        statement.execute(setting);
      }
    }
  }

  private static List<String> warnings(Statement statement) throws SQLException {
    List<String> lines = new ArrayList<>();
    for (SQLWarning warning = statement.getWarnings();
        warning != null;
        warning = warning.getNextWarning()) {
      lines.add("warning: " + warning.getMessage());
    }
    return lines;
  }

  private static List<String> rows(ResultSet rows, boolean sort) throws SQLException {
    List<String> lines = new ArrayList<>();
    int columns = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= columns; i++) {
        values.add(text(rows, i));
      }
      // A plan is one column of several lines.
      String.join(" | ", values).lines().map(l -> l.isBlank() ? "\\" : l).forEach(lines::add);
    }
    if (sort) {
      lines.sort(null);
    }
    return lines;
  }

  /** Floating-point numbers to six digits: kernels may differ in the last ones. */
  private static String text(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number)
          ? new BigDecimal(number).round(new MathContext(6)).stripTrailingZeros().toPlainString()
          : String.valueOf(number);
    }
    String text = rows.getString(column);
    return text.isEmpty() ? "(empty)" : text;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
