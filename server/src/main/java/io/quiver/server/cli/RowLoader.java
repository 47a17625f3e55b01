package io.quiver.server.cli;

import io.quiver.planner.transfer.FieldValue;
import io.quiver.planner.transfer.SourceRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into a table, a batch at a time; each batch is one commit.
 *
 * <p>A batch that the database refuses is tried again row by row, so that only the rows that are
 * wrong are left out. For one thread.
 */
final class RowLoader implements AutoCloseable {
  private final List<Column> columns;
  private final int batchRows;
  private final BadRows badRows;
  private final PreparedStatement put;
  private final List<SourceRow> waiting = new ArrayList<>();
  private long loaded;

  /** Where a field of the file goes. */
  record Column(String field, String name, String type) {}

  RowLoader(
      Connection connection,
      ImportTarget target,
      List<Column> columns,
      boolean replace,
      int batchRows,
      BadRows badRows)
      throws SQLException {
    this.columns = List.copyOf(columns);
    this.batchRows = batchRows;
    this.badRows = badRows;
    put =
        connection.prepareStatement(
            target.put(columns.stream().map(Column::name).toList(), replace));
  }

  /** Takes a row, and sends those that wait when they are enough. */
  void add(SourceRow row) throws SQLException {
    waiting.add(row);
    if (waiting.size() >= batchRows) {
      flush();
    }
  }

  /** Sends what waits. */
  void flush() throws SQLException {
    List<SourceRow> bound = new ArrayList<>(waiting.size());
    for (SourceRow row : waiting) {
      if (bind(row)) {
        put.addBatch();
        bound.add(row);
      }
    }
    waiting.clear();
    if (bound.isEmpty()) {
      return;
    }
    try {
      put.executeBatch();
      loaded += bound.size();
    } catch (SQLException refused) {
      put.clearBatch();
      if (isNotAboutRows(refused)) {
        throw refused;
      }
      oneByOne(bound);
    }
  }

  /** Rows that are in the table now. */
  long loaded() {
    return loaded;
  }

  @Override
  public void close() throws SQLException {
    put.close();
  }

  private void oneByOne(List<SourceRow> rows) throws SQLException {
    for (SourceRow row : rows) {
      bind(row);
      try {
        put.executeUpdate();
        loaded++;
      } catch (SQLException refused) {
        if (isNotAboutRows(refused)) {
          throw refused;
        }
        badRows.add(row.number(), FailureReport.describeWithoutPlace(refused));
      }
    }
  }

  /** Classes 22 and 23 of SQLSTATE say that a value is wrong; others that something else is. */
  private static boolean isNotAboutRows(SQLException refused) {
    String state = refused.getSQLState();
    return state != null && !state.startsWith("22") && !state.startsWith("23");
  }

  private boolean bind(SourceRow row) throws SQLException {
    Map<String, @Nullable Object> values = row.values();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      try {
        put.setObject(i + 1, FieldValue.of(values.get(column.field()), column.type()));
      } catch (IllegalArgumentException unreadable) {
        badRows.add(row.number(), column.field() + ": " + unreadable.getMessage());
        return false;
      }
    }
    return true;
  }
}
