package io.quiver.examples.durability;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The table of those groups that have many neighbours which never change: rows enough that their
 * tenant gets a graph of its own, which the groups' rows become part of and leave.
 */
final class KilledTenants {
  static final String TABLE = "rows_of_tenants";

  /** Rows that never change: most of the groups' tenant, the others of one of their own. */
  static final int ROWS = 6_500;

  private static final int OF_OTHERS = 4;
  private static final long GROUP = -1;
  private static final long FIRST_ID = 1_000_000;

  private KilledTenants() {}

  /** Makes the table and its index and fills it, what of that is not there yet. */
  static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + TABLE
              + " (id BIGINT PRIMARY KEY, grp BIGINT, gen INTEGER, v VECTOR("
              + KilledGroup.DIMENSION
              + "), owner INTEGER DEFAULT 1)");
      statement.execute(
          "CREATE INDEX IF NOT EXISTS by_owner ON "
              + TABLE
              + " USING HNSW (v) WITH (tenant = 'owner')");
    }
    if (count(connection) == 0) {
      fill(connection);
    }
  }

  /** How many of the rows that never change there are. */
  static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT COUNT(*) FROM " + TABLE + " WHERE grp = " + GROUP)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void fill(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + TABLE + " VALUES (?, ?, 0, ?, ?)")) {
      for (int row = 0; row < ROWS; row++) {
        insert.setLong(1, FIRST_ID + row);
        insert.setLong(2, GROUP);
        insert.setObject(3, KilledGroup.vector(FIRST_ID + row, 0));
        insert.setInt(4, row % OF_OTHERS == 0 ? 2 + row : 1);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("OPTIMIZE TABLE " + TABLE);
    }
  }

  /** Whether its files have a graph of the groups' tenant, as the plan of a search tells. */
  static boolean hasGraph(Connection connection) throws SQLException {
    String explain =
        "EXPLAIN ANALYZE SELECT s.id FROM VECTOR_SEARCH('"
            + TABLE
            + "', 'v', VECTOR '[1, 0, 0, 0, 0, 0, 0, 0]', 5) AS s WHERE s.owner = 1";
    StringBuilder plan = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet lines = statement.executeQuery(explain)) {
      while (lines.next()) {
        plan.append(lines.getString(1));
      }
    }
    return plan.indexOf("tenant-graph") >= 0;
  }
}
