package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The first rows of an order by columns, against those of the same order by expressions. */
class FirstRowsTest {
  private static final int ROWS = 3_000;

  private final long seed = Long.getLong("quiver.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @Test
  void areThoseOfTheWholeOrder() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:quiver::memory:")) {
      fill(connection);
      for (int i = 0; i < 60; i++) {
        String whole = "";
        String columns = "";
        for (String key : new String[] {pick("n", "x", "d"), pick("n", "x", "id"), "id"}) {
          String way = pick("", " DESC") + pick(" NULLS FIRST", " NULLS LAST", "");
          columns += (columns.isEmpty() ? " ORDER BY " : ", ") + key + way;
          whole += (whole.isEmpty() ? " ORDER BY " : ", ") + "COALESCE(" + key + ", NULL)" + way;
        }
        String rows =
            "SELECT id, n, x, d, word FROM t" + pick("", " WHERE n > 3", " WHERE id < 90");
        String some = " LIMIT " + (1 + random.nextInt(200)) + pick("", " OFFSET 7");
        assertThat(rows(connection, "EXPLAIN " + rows + columns + some).toString())
            .as("seed %d", seed)
            .contains("FirstRows(order=");
        assertThat(rows(connection, rows + columns + some))
            .as("seed %d: %s", seed, rows + columns + some)
            .isEqualTo(rows(connection, rows + whole + some));
      }
    }
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t (id BIGINT PRIMARY KEY, n INTEGER, x DOUBLE, d DATE, word VARCHAR)");
      statement.execute("CREATE INDEX ON t (n)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO t VALUES (?, ?, ?, ?, ?)")) {
      double[] reals = {0.0, -0.0, 1.5, -1.5, Double.MAX_VALUE, -1e-300};
      for (int id = 0; id < ROWS; id++) {
        insert.setLong(1, random.nextInt(20) == 0 ? Long.MIN_VALUE + id : id);
        insert.setObject(2, random.nextInt(9) == 0 ? null : random.nextInt(8));
        insert.setObject(3, random.nextInt(9) == 0 ? null : reals[random.nextInt(reals.length)]);
        insert.setObject(
            4, random.nextInt(9) == 0 ? null : java.time.LocalDate.ofEpochDay(random.nextInt(99)));
        insert.setString(5, "word " + id);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= width; i++) {
          row.append(result.getString(i)).append('|');
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
