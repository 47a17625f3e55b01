package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Queries that differ by their literals alone. */
class ShapedQueryTest {
  private static Connection filled() throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:quiver::memory:");
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE docs (id BIGINT PRIMARY KEY, lang VARCHAR, small SMALLINT, day DATE,"
              + " price DECIMAL(8, 2), size DOUBLE, meta JSON, e VECTOR(2))");
      statement.execute(
          "INSERT INTO docs VALUES"
              + " (1, 'en', 1, DATE '2024-01-01', 1.50, 1.0, '[1,2]', '[1,0]'),"
              + " (2, 'it''s', 2, DATE '2024-01-02', 2.00, 2.5, '{}', '[0,1]'),"
              + " (3, 'en ', 3, NULL, 3.00, 3.0, NULL, '[1,1]')");
    }
    return connection;
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(String.valueOf(result.getObject(1)));
      }
    }
    return rows;
  }

  /** What a literal gives as itself, with its text hidden from the scanner by parentheses. */
  @Test
  void literalsMeanWhatTheyMeanInTheText() throws SQLException {
    try (Connection connection = filled()) {
      for (String[] condition :
          new String[][] {
            {"lang", "'en'"},
            {"lang", "'it''s'"},
            {"lang", "''"},
            {"small", "2"},
            {"small", "70000"},
            {"day", "'2024-01-02'"},
            {"price", "2"},
            {"size", "3"},
            {"size", "9007199254740993"},
            {"id", "3"},
            {"id", "999999999999999999"},
          }) {
        for (String comparison : new String[] {"=", "<>", "<", ">="}) {
          String start = "SELECT id FROM docs WHERE " + condition[0] + " " + comparison + " ";
          assertThat(rows(connection, start + condition[1] + " ORDER BY id"))
              .as(start + condition[1])
              .isEqualTo(rows(connection, start + "(" + condition[1] + ") ORDER BY id"));
        }
      }
    }
  }

  @Test
  void sharesOnePlanAndCompilesNothing() throws SQLException {
    try (Connection connection = filled()) {
      String plans = "SELECT plans FROM quiver.plan_cache WHERE cache = 'shape'";
      for (int i = 0; i < 20; i++) {
        search(connection, i);
      }
      List<String> before = rows(connection, plans);
      long classes = ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount();
      for (int i = 20; i < 60; i++) {
        search(connection, i);
      }
      assertThat(rows(connection, plans)).isEqualTo(before);
      assertThat(ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount() - classes)
          .isLessThan(40);
    }
  }

  private static void search(Connection connection, int i) throws SQLException {
    assertThat(
            rows(
                connection,
                "SELECT v.id FROM VECTOR_SEARCH('docs', 'e', '["
                    + (1 + i)
                    + ",0]', 2) v WHERE v.id < "
                    + (100 + i)
                    + " AND v.lang <> 'x"
                    + i
                    + "'"))
        .containsExactly("1", "3");
  }
}
