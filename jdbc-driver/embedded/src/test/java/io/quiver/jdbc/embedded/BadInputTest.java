package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is wrong is told with code, place and remedy; afterwards the session works, and a
 * transaction that was open still is, with what it wrote.
 */
class BadInputTest {
  private Connection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:quiver::memory:");
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE docs (id INTEGER PRIMARY KEY, lang VARCHAR, e VECTOR(3))");
      statement.execute("CREATE TABLE tags (id INTEGER PRIMARY KEY, lang VARCHAR)");
      statement.execute("INSERT INTO docs VALUES (1, 'en', '[1, 0, 0]')");
      connection.setAutoCommit(false);
      statement.execute("INSERT INTO docs VALUES (2, 'de', '[0, 1, 0]')");
    }
  }

  /** Whatever went wrong: the transaction goes on, and commits what it wrote. */
  @AfterEach
  void theTransactionIsWhole() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM docs")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(2);
      }
      connection.rollback();
      try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM docs")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(1);
      }
    }
    connection.close();
  }

  private SQLException failure(String sql) {
    return catchThrowableOfType(
        SQLException.class,
        () -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
          }
        });
  }

  private void assertTold(String sql, String message) {
    assertThat((Throwable) failure(sql)).hasMessage(message.stripTrailing());
  }

  @Test
  void anUnboundParameter() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id FROM docs WHERE lang = ? AND id > ?")) {
      select.setString(1, "en");
      SQLException unset = catchThrowableOfType(SQLException.class, select::executeQuery);
      assertThat((Throwable) unset).hasMessage("Parameter 2 of 2 is not set");
      assertThat(unset.getSQLState()).isEqualTo("07001");
      select.setInt(2, 0);
      select.executeQuery().close();
    }
  }

  @Test
  void aVectorOfAnotherLength() throws SQLException {
    try (PreparedStatement search =
        connection.prepareStatement("SELECT id FROM VECTOR_SEARCH('docs', 'e', ?, 5)")) {
      search.setObject(1, new float[] {1, 2});
      SQLException wrong = catchThrowableOfType(SQLException.class, search::executeQuery);
      assertThat((Throwable) wrong)
          .hasMessage(
              """
              QV-2203 VECTOR_DIMENSIONS_DIFFER (SQLSTATE 22000)
                parameter 1: Expected 3 dimensions, found 2
                Remedy: use the model whose vectors the column holds.\
              """);
      search.setObject(1, new float[] {1, 2, 3});
      search.executeQuery().close();
    }
  }

  @Test
  void aSearchWithoutABound() {
    assertTold(
        "SELECT id FROM VECTOR_SEARCH('docs', 'e', '[1, 0, 0]')",
        """
        QV-2207 SEARCH_UNBOUNDED (SQLSTATE 42601) at line 1, column 16
          VECTOR_SEARCH needs top_k, LIMIT or max_distance
          SELECT id FROM VECTOR_SEARCH('docs', 'e', '[1, 0, 0]')
                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          Remedy: say how many rows you want, as in top_k => 10.
        """);
  }

  @Test
  void anAmbiguousColumn() {
    assertTold(
        "SELECT lang FROM docs JOIN tags ON docs.id = tags.id",
        """
        QV-3003 COLUMN_AMBIGUOUS (SQLSTATE 42702) at line 1, column 8
          several tables here have a column "lang"
          SELECT lang FROM docs JOIN tags ON docs.id = tags.id
                 ^^^^
          Remedy: say which: write t.lang.
        """);
  }

  @Test
  void aParameterOfUnknowableType() throws SQLException {
    SQLException unknowable =
        catchThrowableOfType(
            SQLException.class, () -> connection.prepareStatement("SELECT ? AS x FROM docs"));
    assertThat((Throwable) unknowable)
        .hasMessage(
            """
            QV-3202 QUERY_INVALID (SQLSTATE 42000) at line 1, column 8
              nothing here tells the type of this parameter
              SELECT ? AS x FROM docs
                     ^
              Remedy: say it: CAST(? AS INTEGER), or another type.\
            """);
    try (PreparedStatement select =
        connection.prepareStatement("SELECT CAST(? AS INTEGER) AS x FROM docs WHERE id = 1")) {
      select.setInt(1, 3);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(3);
      }
    }
  }

  @Test
  void tooDeep() {
    SQLException deep = failure("SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000));
    assertThat(deep.getSQLState()).isEqualTo("54001");
    SQLException chain = failure("SELECT 1" + " + 1".repeat(200_000));
    assertThat(chain.getSQLState()).isEqualTo("54001");
  }

  @Test
  void tenMegabytesOfSql() throws SQLException {
    String text = "x".repeat(10 << 20);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT CHAR_LENGTH('" + text + "')")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(10 << 20);
    }
    SQLException unclosed = failure("SELECT '" + text);
    assertThat(unclosed.getSQLState()).isEqualTo("42601");
    assertThat(unclosed.getMessage().length()).isLessThan(1_000);
  }

  @Test
  void timeoutAndCancelInTheMiddleOfAJoin() throws Exception {
    StringBuilder values = new StringBuilder("(VALUES (0)");
    for (int i = 1; i < 3_000; i++) {
      values.append(", (").append(i).append(')');
    }
    String table = values.append(") AS v").toString();
    String endless =
        "SELECT COUNT(*) FROM "
            + table
            + "1 (x) JOIN "
            + table
            + "2 (x) ON v1.x <> v2.x JOIN "
            + table
            + "3 (x) ON v2.x <> v3.x";
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      SQLException late =
          catchThrowableOfType(SQLException.class, () -> statement.executeQuery(endless).next());
      assertThat(late.getSQLState()).isEqualTo("57014");
      statement.setQueryTimeout(0);
      CompletableFuture<SQLException> running =
          CompletableFuture.supplyAsync(
              () ->
                  catchThrowableOfType(
                      SQLException.class, () -> statement.executeQuery(endless).next()));
      for (int i = 0; i < 100 && !running.isDone(); i++) {
        Thread.sleep(50);
        statement.cancel();
      }
      assertThat(running.get(20, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
    }
  }
}
