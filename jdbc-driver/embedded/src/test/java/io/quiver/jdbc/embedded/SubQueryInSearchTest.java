package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A search whose shards, on several threads, ask a sub-query about each of their rows. */
class SubQueryInSearchTest {
  private static final int ROWS = 12_000;
  private static final int SEARCHES = 5;

  @Test
  void findsExactlyTheRowsThatSubQueriesAdmit() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:quiver::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t (id INTEGER PRIMARY KEY, g INTEGER, e VECTOR(4)) WITH (shards = 6)");
      statement.execute("CREATE TABLE allowed (id INTEGER, class INTEGER)");
      statement.execute("CREATE TABLE classes (class INTEGER, name VARCHAR(10))");
      statement.execute("INSERT INTO classes VALUES (0, 'even'), (1, 'odd')");
      fill(connection);
      statement.execute("INSERT INTO allowed SELECT id, MOD(id, 2) FROM t WHERE MOD(id, 40) < 2");
      for (int i = 0; i < SEARCHES; i++) {
        assertThat(found(statement, "v.id + 0 IN (SELECT a.id FROM allowed a WHERE a.class = 1)"))
            .as("a sub-query that reads no outer row")
            .isEqualTo(admitted(1));
        assertThat(
                found(
                    statement,
                    "v.id + 0 IN (SELECT a.id FROM allowed a JOIN classes c ON c.class = a.class"
                        + " WHERE c.name = o.name)"))
            .as("a sub-query that reads the row beside the search")
            .isEqualTo(admitted(1));
      }
    }
  }

  private static Set<Integer> admitted(int rest) {
    Set<Integer> ids = new TreeSet<>();
    for (int id = rest; id < ROWS; id += 40) {
      ids.add(id);
    }
    return ids;
  }

  private static Set<Integer> found(Statement statement, String condition) throws SQLException {
    Set<Integer> ids = new TreeSet<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT n.id FROM (VALUES ('odd')) AS o(name) CROSS JOIN LATERAL (SELECT v.id FROM"
                + " VECTOR_SEARCH('t', 'e', VECTOR '[1, 2, 3, 4]', 1000) AS v WHERE "
                + condition
                + ") AS n")) {
      while (rows.next()) {
        ids.add(rows.getInt(1));
      }
      assertThat(rows.getWarnings() == null && statement.getWarnings() == null).isTrue();
    }
    return ids;
  }

  private static void fill(Connection connection) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?)")) {
      for (int id = 0; id < ROWS; id++) {
        insert.setInt(1, id);
        insert.setInt(2, id % 7);
        insert.setObject(3, new float[] {id % 11 + 1, id % 13, id % 17, id % 19});
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
