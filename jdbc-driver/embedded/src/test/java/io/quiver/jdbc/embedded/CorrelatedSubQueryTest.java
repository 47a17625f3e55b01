package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sub-queries that read the outer row, against the same counted by hand. */
class CorrelatedSubQueryTest {
  private static final int ROWS = 1500;

  private final long seed = Long.getLong("quiver.seed", new Random().nextLong());
  private final Random random = new Random(seed);
  private final Integer[] groups = new Integer[ROWS];
  private final int[] values = new int[ROWS];

  @Test
  void answersEachOuterRowByItsOwnValues() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:quiver::memory:");
        Statement statement = connection.createStatement()) {
      fill(connection);
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT o.id, (SELECT COUNT(*) FROM t i WHERE i.g = o.g AND i.v < o.v), EXISTS"
                  + " (SELECT 1 FROM t i WHERE i.g = o.g AND i.v > o.v), (SELECT COUNT(*) FROM t i"
                  + " WHERE i.g IS NOT DISTINCT FROM o.g), o.v IN (SELECT i.v + 1 FROM t i WHERE"
                  + " i.g = o.g) FROM t o")) {
        int count = 0;
        while (rows.next()) {
          int id = rows.getInt(1);
          int less = 0;
          int same = 0;
          boolean more = false;
          boolean next = false;
          for (int other = 0; other < ROWS; other++) {
            boolean grouped = groups[id] != null && groups[id].equals(groups[other]);
            less += grouped && values[other] < values[id] ? 1 : 0;
            more |= grouped && values[other] > values[id];
            next |= grouped && values[other] + 1 == values[id];
            same += grouped || groups[id] == null && groups[other] == null ? 1 : 0;
          }
          assertThat(rows.getInt(2)).as("seed %d, row %d", seed, id).isEqualTo(less);
          assertThat(rows.getBoolean(3)).as("seed %d, row %d", seed, id).isEqualTo(more);
          assertThat(rows.getInt(4)).as("seed %d, row %d", seed, id).isEqualTo(same);
          assertThat(rows.getBoolean(5)).as("seed %d, row %d", seed, id).isEqualTo(next);
          count++;
        }
        assertThat(count).isEqualTo(ROWS);
      }
    }
  }

  private void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, g INTEGER, v INTEGER)");
    }
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
      for (int id = 0; id < ROWS; id++) {
        groups[id] = random.nextInt(6) == 0 ? null : random.nextInt(5);
        values[id] = random.nextInt(6);
        insert.setInt(1, id);
        insert.setObject(2, groups[id]);
        insert.setInt(3, values[id]);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
