package io.quiver.server.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import sqlline.SqlLine;

/** The clients of every day, with a server as the command line starts it. */
class ClientsTest {
  @TempDir Path directory;
  private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    server = new RunningServer(directory.resolve("db"));
    server.admin(
        "CREATE TABLE docs (id BIGINT PRIMARY KEY, lang VARCHAR, year INTEGER, e VECTOR(2))",
        "INSERT INTO docs VALUES (1, 'en', 2020, '[1, 0]'), (2, 'fr', 2021, '[0, 1]')");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void hikariKeepsItsConnectionsOverARestart() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.url());
    config.setUsername("admin");
    config.setPassword(RunningServer.PASSWORD);
    config.setMaximumPoolSize(2);
    config.setConnectionTimeout(10_000);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      assertThat(count(pool.getConnection())).isEqualTo(2);
      int port = server.server.port();
      server.close();
      assertThatThrownBy(
              () -> {
                try (Connection connection = pool.getConnection()) {
                  count(connection);
                }
              })
          .isInstanceOf(SQLException.class);
      server = new RunningServer(directory.resolve("db"), "port=" + port);
      assertThat(count(pool.getConnection())).isEqualTo(2);
    }
  }

  private static int count(Connection connection) throws SQLException {
    try (connection;
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM docs")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void aPreparedStatementGoesOnAfterARestart() throws Exception {
    try (Connection connection = server.admin();
        PreparedStatement search =
            connection.prepareStatement("SELECT id FROM VECTOR_SEARCH('docs', 'e', ?, 1)")) {
      search.setObject(1, new float[] {0, 1});
      search.executeQuery().close();
      int port = server.server.port();
      server.close();
      server = new RunningServer(directory.resolve("db"), "port=" + port);
      try (ResultSet hits = search.executeQuery()) {
        hits.next();
        assertThat(hits.getLong(1)).isEqualTo(2);
      }
    }
  }

  @Test
  void theNextHostIsTried() throws SQLException {
    String url = "jdbc:quiver://127.0.0.1:1,127.0.0.1:" + server.server.port() + "/public";
    try (Connection connection =
        DriverManager.getConnection(url, "admin", RunningServer.PASSWORD)) {
      assertThat(connection.isValid(5)).isTrue();
    }
    assertThatThrownBy(
            () -> DriverManager.getConnection("jdbc:quiver://127.0.0.1:1", "admin", "x").close())
        .isInstanceOf(SQLException.class)
        .hasMessageStartingWith("Cannot connect to 127.0.0.1:1");
  }

  @Test
  void springReadsWritesAndTranslatesErrors() {
    JdbcTemplate spring =
        new JdbcTemplate(
            new DriverManagerDataSource(server.url(), "admin", RunningServer.PASSWORD));
    spring.update("INSERT INTO docs VALUES (?, ?, ?, ?)", 3, "en", 2022, new float[] {1, 1});
    List<Map<String, Object>> hits =
        spring.queryForList(
            "SELECT id, score FROM VECTOR_SEARCH('docs', 'e', ?, 2) WHERE lang = ?",
            new float[] {1, 0},
            "en");
    assertThat(hits).extracting(row -> row.get("id")).containsExactly(1L, 3L);
    assertThat(
            spring.batchUpdate(
                "INSERT INTO docs (id, lang) VALUES (?, ?)",
                List.of(new Object[] {10, "a"}, new Object[] {11, "b"})))
        .containsExactly(1, 1);
    assertThatThrownBy(() -> spring.update("INSERT INTO docs (id) VALUES (1)"))
        .isInstanceOf(DuplicateKeyException.class);
    assertThatThrownBy(() -> spring.queryForList("SELECT nope FROM docs"))
        .isInstanceOf(BadSqlGrammarException.class);
  }

  /** A mapper of MyBatis. */
  interface DocMapper {
    @Insert("INSERT INTO docs (id, lang, e) VALUES (#{id}, #{lang}, #{e})")
    int put(@Param("id") long id, @Param("lang") String lang, @Param("e") String vector);

    @Select("SELECT id FROM docs WHERE lang = #{lang} ORDER BY id")
    List<Long> of(String lang);
  }

  @Test
  void springsTransactionsAreWholeOrNotAtAll() {
    SingleConnectionDataSource one =
        new SingleConnectionDataSource(server.url(), "admin", RunningServer.PASSWORD, true);
    try {
      JdbcTemplate spring = new JdbcTemplate(one);
      spring.execute(
          "CREATE TABLE accounts (id BIGINT PRIMARY KEY, amount BIGINT CHECK (amount >= 0))");
      TransactionTemplate transaction =
          new TransactionTemplate(new DataSourceTransactionManager(one));
      transaction.executeWithoutResult(
          status -> {
            spring.update("INSERT INTO accounts VALUES (1, 10)");
            spring.update("INSERT INTO accounts VALUES (2, 0)");
          });
      assertThatThrownBy(
              () ->
                  transaction.executeWithoutResult(
                      status -> {
                        spring.update("UPDATE accounts SET amount = amount + 20 WHERE id = 2");
                        spring.update("UPDATE accounts SET amount = amount - 20 WHERE id = 1");
                      }))
          .isInstanceOf(DataIntegrityViolationException.class);
      assertThat(spring.queryForList("SELECT amount FROM accounts ORDER BY id", Long.class))
          .containsExactly(10L, 0L);
      transaction.executeWithoutResult(
          status -> {
            spring.update("UPDATE accounts SET amount = 5 WHERE id = 1");
            Object before = status.createSavepoint();
            spring.update("UPDATE accounts SET amount = 99 WHERE id = 2");
            status.rollbackToSavepoint(before);
            status.releaseSavepoint(before);
          });
      assertThat(spring.queryForList("SELECT amount FROM accounts ORDER BY id", Long.class))
          .containsExactly(5L, 0L);
    } finally {
      one.destroy();
    }
  }

  @Test
  void sqllineRunsOverTheWire() throws Exception {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    SqlLine sqlline = new SqlLine();
    sqlline.setOutputStream(new PrintStream(said, true, StandardCharsets.UTF_8));
    sqlline.setErrorStream(new PrintStream(said, true, StandardCharsets.UTF_8));
    String script =
        """
        CREATE TABLE lines (id BIGINT PRIMARY KEY, e VECTOR(2));
        INSERT INTO lines VALUES (1, '[1, 0]'), (2, '[0, 1]');
        SELECT id, e FROM VECTOR_SEARCH('lines', 'e', '[0, 2]', 1);
        !tables
        !describe lines
        SELECT nope FROM lines;
        !quit
        """;
    sqlline.begin(
        new String[] {"-u", server.url(), "-n", "admin", "-p", RunningServer.PASSWORD},
        new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)),
        false);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("2 rows affected", "[0.0,1.0]", "lines", "VECTOR", "COLUMN_UNKNOWN");
  }

  @Test
  void myBatisMaps() {
    Configuration configuration =
        new Configuration(
            new Environment(
                "quiver",
                new JdbcTransactionFactory(),
                new DriverManagerDataSource(server.url(), "admin", RunningServer.PASSWORD)));
    configuration.addMapper(DocMapper.class);
    try (SqlSession session =
        new SqlSessionFactoryBuilder().build(configuration).openSession(true)) {
      DocMapper docs = session.getMapper(DocMapper.class);
      assertThat(docs.put(7, "de", "[0.5, 0.5]")).isEqualTo(1);
      assertThat(docs.put(8, null, null)).isEqualTo(1);
      assertThat(docs.of("de")).containsExactly(7L);
    }
  }

  @Test
  void jooqRunsPlainSql() throws SQLException {
    try (Connection connection = server.admin()) {
      DSLContext jooq = DSL.using(connection, SQLDialect.DEFAULT);
      assertThat(
              jooq.fetch("SELECT id FROM docs WHERE lang = ? ORDER BY id", "fr")
                  .getValues(0, Long.class))
          .containsExactly(2L);
      assertThat(
              jooq.select(DSL.field("cosine_distance(e, {0})", Double.class, DSL.val("[1,0]")))
                  .from(DSL.table("docs"))
                  .orderBy(DSL.field("id"))
                  .fetch()
                  .getValues(0, Double.class))
          .hasSize(2)
          .first()
          .isEqualTo(0.0);
    }
  }

  /** What DBeaver asks when it connects, opens a table and shows its rows. */
  @Test
  void dbeaverIsAnswered() throws SQLException {
    try (Connection connection = server.admin()) {
      DatabaseMetaData meta = connection.getMetaData();
      assertThat(meta.getDatabaseProductName()).isEqualTo("Quiver");
      assertThat(meta.getSQLKeywords()).isNotNull();
      assertThat(meta.getIdentifierQuoteString()).isEqualTo("\"");
      assertThat(meta.getSearchStringEscape()).isEqualTo("\\");
      assertThat(meta.isReadOnly()).isFalse();
      assertThat(column(meta.getCatalogs(), 1)).isEmpty();
      assertThat(column(meta.getSchemas(null, null), 1)).contains("public", "information_schema");
      assertThat(column(meta.getTableTypes(), 1)).contains("TABLE", "VIEW");
      assertThat(column(meta.getTypeInfo(), 1)).contains("VECTOR", "BIGINT");
      assertThat(column(meta.getTables(null, "public", "%", null), 3)).containsExactly("docs");
      assertThat(column(meta.getColumns(null, "public", "docs", "%"), 4))
          .containsExactly("id", "lang", "year", "e");
      assertThat(column(meta.getPrimaryKeys(null, "public", "docs"), 4)).containsExactly("id");
      assertThat(column(meta.getIndexInfo(null, "public", "docs", false, true), 9)).contains("e");
      assertThat(column(meta.getImportedKeys(null, "public", "docs"), 3)).isEmpty();
      assertThat(column(meta.getFunctions(null, null, "cosine%"), 3)).contains("cosine_distance");
      assertThat(column(meta.getClientInfoProperties(), 1)).contains("ApplicationName");
      connection.setSchema("public");
      try (Statement statement = connection.createStatement()) {
        statement.setMaxRows(1);
        statement.setFetchSize(200);
        assertThat(column(statement.executeQuery("SELECT x.* FROM public.docs x"), 1)).hasSize(1);
        assertThat((Object) statement.getWarnings()).isNull();
        statement.setMaxRows(0);
        assertThat(
                column(
                    statement.executeQuery(
                        "SELECT COUNT(*) FROM (\nSELECT x.* FROM public.docs x\n) dbvrcnt"),
                    1))
            .containsExactly("2");
        assertThat(statement.executeUpdate("UPDATE public.docs SET lang='it' WHERE id=2"))
            .isEqualTo(1);
      }
    }
  }

  /** What Tableau and Metabase send: probes, derived tables, quoted aliases. */
  @Test
  void biToolsAreAnswered() throws SQLException {
    try (Connection connection = server.admin();
        Statement statement = connection.createStatement()) {
      for (String sql :
          List.of(
              "select * from docs t where 1=0",
              "SELECT TRUE AS \"_\" FROM \"public\".\"docs\" WHERE 1 <> 1 LIMIT 0",
              "-- Metabase:: userID: 1 queryType: native\nSELECT 1",
              "SELECT \"source\".\"lang\" FROM (SELECT lang FROM docs) AS \"source\" LIMIT 1048575",
              "SELECT SUBSTRING(\"docs\".\"lang\", 1, 1234) AS \"substring1\" FROM \"docs\" LIMIT"
                  + " 10000",
              "SELECT \"Custom SQL Query\".\"lang\" AS \"lang\" FROM (SELECT * FROM docs)"
                  + " \"Custom SQL Query\" GROUP BY 1",
              "SELECT d.\"year\" AS \"y\", SUM(1) AS \"n\" FROM docs d GROUP BY d.\"year\""
                  + " ORDER BY 2 DESC NULLS LAST, 1",
              "SELECT COUNT(DISTINCT lang) FROM docs;",
              "SELECT lang FROM docs ORDER BY id OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY",
              "SELECT * FROM docs WHERE lang LIKE 'e\\%' ESCAPE '\\'")) {
        assertThat(statement.execute(sql)).as(sql).isTrue();
        statement.getResultSet().close();
      }
      assertThatThrownBy(() -> statement.execute("SELECT * INTO #tmp FROM docs"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> connection.prepareCall("{call x()}"))
          .isInstanceOf(SQLException.class);
    }
  }

  private static List<String> column(ResultSet rows, int column) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(column));
      }
    }
    return values;
  }

  @Test
  void tooManyConnectionsAreRefusedAndMayTryAgain() throws Exception {
    try (RunningServer small =
        new RunningServer(
            directory.resolve(UUID.randomUUID().toString()), "max_user_connections=2")) {
      try (Connection one = small.admin();
          Connection two = small.admin()) {
        assertThatThrownBy(() -> small.admin().close())
            .isInstanceOf(java.sql.SQLTransientException.class)
            .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("53300"));
        assertThat(one.isValid(5) && two.isValid(5)).isTrue();
      }
      small.admin().close();
    }
  }

  @Test
  void tlsIsSpokenAndTheServerIsVerified() throws Exception {
    try (RunningServer secure =
        new RunningServer(directory.resolve("tls"), "tls_self_signed=true")) {
      String url = "jdbc:quiver://127.0.0.1:" + secure.server.port() + "/public";
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(url + "?ssl=true", "admin", RunningServer.PASSWORD)
                      .close())
          .as("nobody signed it")
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(
              () -> DriverManager.getConnection(url, "admin", RunningServer.PASSWORD).close())
          .as("no TLS")
          .isInstanceOf(SQLException.class);
      try (Connection connection =
          DriverManager.getConnection(url + "?ssl=unverified", "admin", RunningServer.PASSWORD)) {
        assertThat(connection.isValid(5)).isTrue();
      }
    }
  }
}
