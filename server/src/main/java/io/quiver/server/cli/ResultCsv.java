package io.quiver.server.cli;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Prints a result as CSV (RFC 4180): labels first, quotes where they are needed, nothing between
 * the commas for NULL and a pair of quotes for an empty text.
 */
final class ResultCsv {
  private ResultCsv() {}

  static void print(ResultSet result, PrintStream out) throws SQLException {
    ResultSetMetaData columns = result.getMetaData();
    StringBuilder line = new StringBuilder();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      line.append(i == 1 ? "" : ",").append(field(columns.getColumnLabel(i)));
    }
    out.print(line.append('\n'));
    while (result.next()) {
      line.setLength(0);
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        line.append(i == 1 ? "" : ",").append(field(result.getString(i)));
      }
      out.print(line.append('\n'));
    }
  }

  private static String field(@Nullable String value) {
    if (value == null) {
      return "";
    }
    boolean plain =
        !value.isEmpty() && value.chars().noneMatch(c -> c == ',' || c == '"' || c < ' ');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}
