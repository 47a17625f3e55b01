package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Aggregates read column by column, against the same ones over rows: a table that is joined with
 * one row is not read by column.
 */
class ColumnAggregateTest {
  private static final List<String> KEYS =
      List.of("b", "s", "i", "l", "r", "d", "n", "t", "long_text", "day", "moment", "u", "j");

  private static final List<String> FUNCTIONS =
      List.of(
          "COUNT(*)",
          "COUNT(t)",
          "COUNT(l)",
          "COUNT(DISTINCT t)",
          "COUNT(DISTINCT n)",
          "COUNT(DISTINCT d)",
          "COUNT(DISTINCT i)",
          "SUM(i)",
          "SUM(l)",
          "SUM(s)",
          "SUM(n)",
          "SUM(d)",
          "AVG(r)",
          "SUM(DISTINCT i)",
          "AVG(i)",
          "MIN(i)",
          "MAX(l)",
          "MIN(s)",
          "MIN(b)",
          "MAX(day)",
          "MIN(moment)",
          "MAX(t)",
          "MIN(n)",
          "MAX(d)",
          "COUNT(*) FILTER (WHERE b)",
          "SUM(i) FILTER (WHERE b)");

  private final long seed = Long.getLong("quiver.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @Test
  void groupsAsRowByRow() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:quiver::memory:")) {
      fill(connection);
      for (int round = 0; round < 150; round++) {
        List<String> keys = some(KEYS, random.nextInt(4));
        List<String> items = new ArrayList<>(keys);
        items.addAll(some(FUNCTIONS, 1 + random.nextInt(4)));
        String where =
            List.of("", " WHERE i > 3", " WHERE t = 'x1' AND b", " WHERE i < 0 AND i > 0")
                .get(random.nextInt(4));
        String grouped = keys.isEmpty() ? "" : " GROUP BY " + String.join(", ", keys);
        String select = "SELECT " + String.join(", ", items) + " FROM ";
        List<String> byColumn = rows(connection, select + "facts" + where + grouped);
        List<String> byRow =
            rows(connection, select + "facts JOIN one ON one.a <> facts.id" + where + grouped);
        assertThat(byColumn).as("seed %d: %s", seed, select + where + grouped).isEqualTo(byRow);
      }
    }
  }

  @Test
  void addsUpBeyondWhatALongHolds() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:quiver::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE big (id INTEGER PRIMARY KEY, g INTEGER, v BIGINT)");
      statement.execute(
          "INSERT INTO big VALUES (1, 1, 9223372036854775807), (2, 1, 9223372036854775807),"
              + " (3, 2, -9223372036854775808), (4, 2, -1), (5, 3, 7), (6, 1, 2)");
      assertThat(rows(connection, "SELECT g, SUM(v) FROM big GROUP BY g"))
          .containsExactly("1 18446744073709551616", "2 -9223372036854775809", "3 7");
    }
  }

  @Test
  void columnsWithoutANameAreCalledAsPostgresCallsThem() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:quiver::memory:");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT 1, COUNT(*), MAX(a) + 1, a, CAST(a AS BIGINT), SUM(a) AS s,"
                    + " CASE WHEN a > 1 THEN 2 END, UPPER('x'), ROW_NUMBER() OVER (ORDER BY a)"
                    + " FROM (VALUES (1), (2)) AS t (a) GROUP BY a ORDER BY a")) {
      List<String> labels = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        labels.add(rows.getMetaData().getColumnLabel(i));
      }
      assertThat(labels)
          .containsExactly(
              "?column?", "count", "?column?", "a", "a", "s", "case", "upper", "row_number");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt("count")).isEqualTo(1);
    }
  }

  private void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE one (a INTEGER PRIMARY KEY)");
      statement.execute("INSERT INTO one VALUES (-1)");
      statement.execute(
          "CREATE TABLE facts (id INTEGER PRIMARY KEY, b BOOLEAN, s SMALLINT, i INTEGER, l BIGINT,"
              + " r REAL, d DOUBLE, n DECIMAL(12, 2), t VARCHAR, long_text VARCHAR, day DATE,"
              + " moment TIMESTAMP, u UUID, j JSON)");
      statement.execute("CREATE INDEX facts_i ON facts (i)");
      insert(connection, 0, 1500);
      statement.execute("DELETE FROM facts WHERE id % 7 = 0");
      statement.execute("OPTIMIZE TABLE facts");
      insert(connection, 1500, 300);
      statement.execute("DELETE FROM facts WHERE id % 11 = 0");
      statement.execute("UPDATE facts SET t = 'changed' WHERE id % 13 = 0");
    }
  }

  private void insert(Connection connection, int from, int count) throws SQLException {
    String sql = "INSERT INTO facts VALUES (?" + ", ?".repeat(13) + ")";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (int id = from; id < from + count; id++) {
        insert.setInt(1, id);
        insert.setObject(2, orNull(random.nextBoolean()));
        insert.setObject(3, orNull((short) random.nextInt(4)));
        insert.setObject(4, orNull(random.nextInt(9)));
        insert.setObject(5, orNull((long) random.nextInt(5) << 33));
        insert.setObject(6, orNull(random.nextInt(4) / 2f));
        insert.setObject(7, orNull(random.nextInt(4) / 4d));
        insert.setObject(8, orNull(BigDecimal.valueOf(random.nextInt(300), 2)));
        insert.setObject(9, orNull("x" + random.nextInt(6)));
        insert.setObject(10, orNull("a rather long text, number " + random.nextInt(1_000_000)));
        insert.setObject(11, orNull(LocalDate.of(2024, 1, 1 + random.nextInt(5))));
        insert.setObject(12, orNull(LocalDateTime.of(2024, 1, 1, random.nextInt(5), 0)));
        insert.setObject(13, orNull(new UUID(7, random.nextInt(4))));
        insert.setObject(14, orNull("{\"a\": " + random.nextInt(3) + "}"));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private <T> T orNull(T value) {
    return random.nextInt(8) == 0 ? null : value;
  }

  private List<String> some(List<String> of, int count) {
    List<String> all = new ArrayList<>(of);
    Collections.shuffle(all, random);
    return all.subList(0, count);
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int width = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(String.valueOf(rows.getObject(i)));
        }
        found.add(String.join(" ", row));
      }
    }
    found.sort(null);
    return found;
  }
}
