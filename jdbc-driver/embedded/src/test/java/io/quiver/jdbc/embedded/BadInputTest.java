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
  void tooDeepInParentheses() {
    assertTold(
        "SELECT " + "(".repeat(20_000) + "1" + ")".repeat(20_000),
        """
        QV-1005 STATEMENT_TOO_DEEP (SQLSTATE 54001) at line 1, column 136
          the statement nests deeper than 128 levels
          ... (((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((…
                                            ^
          Remedy: take parts of it into WITH queries or views.
        """);
  }

  @Test
  void tooDeepInOperators() {
    assertTold(
        "SELECT 1" + " + 1".repeat(200_000),
        """
        QV-1005 STATEMENT_TOO_DEEP (SQLSTATE 54001) at line 1, column 2010
          more than 500 operators stand in a row
          ... 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 +…
                                            ^
          Remedy: split the expression, or use IN (...), VALUES or a parameter.
        """);
  }

  @Test
  void tooDeepInSubQueries() {
    assertTold(
        "SELECT * FROM (".repeat(5_000) + "SELECT id FROM docs" + ") AS t".repeat(5_000),
        """
        QV-1005 STATEMENT_TOO_DEEP (SQLSTATE 54001) at line 1, column 1935
          the statement nests deeper than 128 levels
          ... (SELECT * FROM (SELECT * FROM (SELECT * FROM (SELECT * FROM (SELECT * F…
                                            ^
          Remedy: take parts of it into WITH queries or views.
        """);
  }

  /** As programs write that know no IN. */
  @Test
  void tenThousandTerms() throws SQLException {
    StringBuilder or = new StringBuilder("SELECT id FROM docs WHERE id = 2");
    StringBuilder and = new StringBuilder("SELECT id FROM docs WHERE id <> 1");
    for (int i = 1; i < 10_000; i++) {
      or.append(" OR id = ").append(i + 2);
      and.append(" AND id <> ").append(i + 2);
    }
    for (String sql : new String[] {or.toString(), and.toString()}) {
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(2);
        assertThat(rows.next()).isFalse();
      }
    }
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
    assertThat((Throwable) unclosed)
        .hasMessage(
            """
            QV-1001 SYNTAX_ERROR (SQLSTATE 42601) at line 1, column 8
              the text that begins here is not closed
              SELECT '%s…
                     ^
              Remedy: close it with '; a quote inside it is written twice.\
            """
                .formatted("x".repeat(67)));
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
      assertThat((Throwable) late)
          .hasMessage(
              """
              QV-5006 STATEMENT_CANCELLED (SQLSTATE 57014)
                the statement ran longer than its limit of 1000 ms
                Remedy: narrow it by WHERE or LIMIT, or raise statement_timeout or the statement's query timeout.\
              """);
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
