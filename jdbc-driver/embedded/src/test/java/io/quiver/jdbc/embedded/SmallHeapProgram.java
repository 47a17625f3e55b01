package io.quiver.jdbc.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/**
 * Asks for more than a small heap holds, and prints what it was told; then whether the database
 * still is whole. Run by {@link HardInputTest} in a process of its own.
 */
final class SmallHeapProgram {
  private static final int ROWS = 2_500;
  private static final int DIMENSION = 64;

  private SmallHeapProgram() {}

  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t (id INTEGER PRIMARY KEY, e VECTOR(" + DIMENSION + "), words VARCHAR)");
      Random random = new Random(3);
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
        for (int row = 0; row < ROWS; row++) {
          float[] vector = new float[DIMENSION];
          for (int i = 0; i < DIMENSION; i++) {
            vector[i] = (float) random.nextGaussian();
          }
          insert.setInt(1, row);
          insert.setObject(2, vector);
          insert.setString(3, "word".repeat(50));
          insert.addBatch();
          if (row % 200 == 199) {
            insert.executeBatch();
          }
        }
      }
      tell(statement, "CREATE INDEX wide ON t USING HNSW (e) WITH (m = 64, ef_construction = 200)");
      tell(statement, "OPTIMIZE TABLE t");
      String query = "'[1" + ", 0".repeat(DIMENSION - 1) + "]'";
      tell(
          statement,
          "SELECT id, words FROM VECTOR_SEARCH('t', 'e', "
              + query
              + ", 10000, ef_search => 100000)");
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT s.id FROM VECTOR_SEARCH('t', 'e', " + query + ", 10) AS s")) {
        int count = 0;
        while (rows.next()) {
          count++;
        }
        System.out.println(count == 10 ? "whole" : count + " rows");
      }
    }
  }

  private static void tell(Statement statement, String sql) {
    try {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          int count = 0;
          while (rows.next()) {
            count++;
          }
          System.out.println(count + " rows");
        }
      }
    } catch (SQLException e) {
      System.out.println(e.getSQLState() + " " + e.getMessage());
    }
  }
}
