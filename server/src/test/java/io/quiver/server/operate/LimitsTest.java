package io.quiver.server.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much of a server may be used, and what is said to whoever wants more. */
class LimitsTest {
  @TempDir static Path directory;
  private static RunningServer server;

  private static final String SLOW =
      "SELECT COUNT(*) FROM docs a, docs b, docs c, docs d WHERE a.id + b.id + c.id + d.id < 0";

  @BeforeAll
  static void start() throws Exception {
    server =
        new RunningServer(
            directory.resolve("db"),
            "max_running=2",
            "max_user_running=1",
            "max_wait_millis=200",
            "max_result_bytes=20000",
            "max_query_memory_bytes=100000",
            "max_vector_dimensions=8",
            "max_batch_rows=200",
            "max_statement_timeout_millis=600000",
            "max_statements=5",
            "slow_query_millis=1");
    server.admin(
        "CREATE TABLE docs (id BIGINT PRIMARY KEY, body VARCHAR, e VECTOR(4))",
        "CREATE USER ann PASSWORD 'ann has a cat'",
        "GRANT SELECT ON docs TO ann",
        "CREATE USER bob PASSWORD 'bob has a dog'",
        "GRANT SELECT ON docs TO bob");
    try (Connection admin = server.admin();
        PreparedStatement insert = admin.prepareStatement("INSERT INTO docs VALUES (?, ?, ?)")) {
      for (int i = 0; i < 200; i++) {
        insert.setLong(1, i);
        insert.setString(2, "b".repeat(700) + i);
        insert.setObject(3, new float[] {1, i, 0, 0});
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        try (var rows = statement.getResultSet()) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
      }
    }
  }

  private static String refusal(Connection connection, String sql) {
    try {
      run(connection, sql);
      throw new AssertionError("not refused: " + sql);
    } catch (SQLException e) {
      return e.getSQLState() + " " + e.getMessage();
    }
  }

  @Test
  void aResultEndsWhereItIsTooLarge() throws SQLException {
    try (Connection admin = server.admin()) {
      assertThat(refusal(admin, "SELECT * FROM docs"))
          .startsWith("54000 QV-6008 LIMIT_EXCEEDED")
          .contains("the result is larger than the 20000 bytes that max_result_bytes allows");
      run(admin, "SELECT id FROM docs");
    }
  }

  @Test
  void aQueryKeepsNoMoreThanItMay() throws SQLException {
    try (Connection admin = server.admin()) {
      for (String sql :
          List.of(
              "SELECT id FROM (SELECT id, body FROM docs ORDER BY body LIMIT 150) AS t",
              "SELECT COUNT(*) FROM (SELECT body FROM docs GROUP BY body) AS t",
              "SELECT COUNT(*) FROM docs a JOIN docs b"
                  + " ON cosine_distance(a.e, b.e) < 0 AND a.body < b.body",
              "SELECT COUNT(*) FROM docs a JOIN docs b ON a.body = b.body AND a.id = b.id",
              "SELECT MAX(n) FROM (SELECT ROW_NUMBER() OVER (ORDER BY body) AS n FROM docs) AS t",
              "SELECT COUNT(*) FROM (SELECT body FROM docs UNION SELECT body FROM docs) AS t",
              "SELECT COUNT(*) FROM (SELECT body FROM docs EXCEPT SELECT 'x') AS t",
              "SELECT LISTAGG(body) FROM docs",
              "SELECT COUNT(*) FROM docs WHERE body = ANY (SELECT body FROM docs WHERE id >= 0)")) {
        assertThat(refusal(admin, sql))
            .as(sql)
            .startsWith("53200 QV-6007 MEMORY_EXHAUSTED")
            .contains("the query keeps more than the 100000 bytes that max_query_memory_bytes");
      }
      run(admin, "SELECT id FROM docs ORDER BY body LIMIT 10");
      // What is kept for one outer row is kept no more for the next.
      run(
          admin,
          "SELECT COUNT(*) FROM docs a,"
              + " LATERAL (SELECT b.body FROM docs b WHERE b.id <= a.id ORDER BY b.body LIMIT 20)"
              + " AS t");
    }
  }

  /**
   * Sub-queries keep hash tables, rows and answers in a quarter of the memory: here they need
   * several times that, give up what they have kept, and run for each row.
   */
  @Test
  void subQueriesThatFindNoRoomRunForEachRow() throws SQLException {
    try (Connection admin = server.admin()) {
      admin.setAutoCommit(false);
      run(admin, "INSERT INTO docs (id, body) VALUES (1000, '" + "c".repeat(700) + "')");
      String table = "EXISTS (SELECT 1 FROM docs b WHERE b.body = a.body AND b.id <= a.id)";
      assertThat(RunningServer.column(admin, "SELECT COUNT(*) FROM docs a WHERE " + table))
          .as("a hash table that is too large")
          .containsExactly("201");
      String answer = "(SELECT MAX(b.body) FROM docs b WHERE b.id <= a.id)";
      assertThat(
              RunningServer.column(
                  admin, "SELECT COUNT(DISTINCT id) FROM docs a WHERE " + answer + " = a.body"))
          .as("answers that are too large")
          .containsExactly(Long.toString(owns()));
      String rows =
          "(SELECT COUNT(*) FROM (SELECT b.body FROM docs b JOIN docs c ON b.id = c.id) AS x"
              + " WHERE x.body > a.body)";
      assertThat(
              RunningServer.column(
                  admin, "SELECT COUNT(*) FROM docs a WHERE a.id < 20 AND " + rows + " >= 0"))
          .as("rows that are the same for all, of which there are too many")
          .containsExactly("20");
      assertThat(
              RunningServer.column(
                  admin, "SELECT a.id FROM docs a WHERE " + table + " ORDER BY a.body LIMIT 20"))
          .as("what was given up is there for others")
          .hasSize(20);
      assertThat(
              refusal(
                  admin,
                  "SELECT a.id FROM docs a WHERE a.body = ANY (SELECT b.body FROM docs b WHERE"
                      + " b.id <> a.id)"))
          .isEqualTo(
              """
              53200 QV-6007 MEMORY_EXHAUSTED (SQLSTATE 53200)
                the query keeps more than the 100000 bytes that max_query_memory_bytes allows it, to sort, group or join
                Remedy: add a LIMIT or a condition, or leave out wide columns such as vectors.\
              """);
      assertThat(RunningServer.column(admin, "SELECT COUNT(*) FROM docs")).containsExactly("201");
      admin.rollback();
      assertThat(RunningServer.column(admin, "SELECT COUNT(*) FROM docs")).containsExactly("200");
    }
  }

  /** How many of the rows have a text that is larger than all before. */
  private static long owns() {
    String largest = "";
    long count = 0;
    for (int i = 0; i < 200; i++) {
      String body = "b".repeat(700) + i;
      if (body.compareTo(largest) > 0) {
        largest = body;
        count++;
      }
    }
    return count + 1;
  }

  @Test
  void aSessionTakesNoMoreTimeThanItMay() throws SQLException {
    try (Connection admin = server.admin()) {
      try (Statement statement = admin.createStatement();
          ResultSet shown = statement.executeQuery("SHOW statement_timeout")) {
        assertThat(shown.next()).isTrue();
        assertThat(shown.getString(2)).as("none was given, so the most").isEqualTo("600000");
      }
      for (String asked : List.of("0", "600001")) {
        assertThat(refusal(admin, "SET statement_timeout = " + asked))
            .startsWith("54000 QV-6008 LIMIT_EXCEEDED")
            .contains(
                "statement_timeout is "
                    + (asked.equals("0") ? "0, no limit" : asked)
                    + ", more than the 600000 ms that max_statement_timeout_millis allows")
            .contains("give a number from 1 to 600000.");
      }
      run(admin, "SET statement_timeout = 50");
      assertThat(refusal(admin, SLOW)).startsWith("57014 ");
      run(admin, "RESET statement_timeout");
      try (Statement statement = admin.createStatement()) {
        statement.setQueryTimeout(3_600);
        statement.execute("SELECT 1");
      }
    }
  }

  @Test
  void longVectorsAndBatchesAreRefused() throws SQLException {
    try (Connection admin = server.admin()) {
      assertThat(refusal(admin, "CREATE TABLE wide (id BIGINT PRIMARY KEY, e VECTOR(9))"))
          .startsWith("54000")
          .contains("Column e has 9 dimensions, more than the 8 that max_vector_dimensions allows");
      assertThat(refusal(admin, "ALTER TABLE docs ADD COLUMN f VECTOR(9)")).startsWith("54000");
      try (PreparedStatement insert = admin.prepareStatement("INSERT INTO docs (id) VALUES (?)")) {
        for (int i = 0; i < 201; i++) {
          insert.setLong(1, 1000 + i);
          insert.addBatch();
        }
        assertThatThrownBy(insert::executeBatch)
            .hasMessageContaining("the batch has 201 rows, more than the 200 of max_batch_rows");
      }
      try (Statement statement = admin.createStatement()) {
        for (int i = 0; i < 201; i++) {
          statement.addBatch("DELETE FROM docs WHERE id = -1");
        }
        assertThatThrownBy(statement::executeBatch).hasMessageContaining("max_batch_rows");
      }
      assertThat(RunningServer.column(admin, "SELECT COUNT(*) FROM docs")).containsExactly("200");
    }
  }

  @Test
  void aConnectionHasOnlySoManyStatements() throws SQLException {
    try (Connection admin = server.admin()) {
      List<PreparedStatement> open = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10; i++) {
                  open.add(admin.prepareStatement("SELECT " + i));
                }
              })
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("The connection has 5 open statements, the most it may have");
      for (PreparedStatement each : open) {
        each.close();
      }
      run(admin, "SELECT 1");
    }
  }

  @Test
  void whoRunsTooMuchIsToldSoAndOthersGoOn() throws Exception {
    try (Connection ann = server.as("ann", "ann has a cat");
        Connection annAgain = server.as("ann", "ann has a cat");
        Connection bob = server.as("bob", "bob has a dog");
        Connection admin = server.admin();
        ExecutorService threads = Executors.newCachedThreadPool()) {
      try (Statement slowOfAnn = ann.createStatement();
          Statement slowOfBob = bob.createStatement()) {
        CompletableFuture<?> first = begin(threads, slowOfAnn);
        awaitRunning(1);
        assertThat(refusal(annAgain, "SELECT 1"))
            .startsWith("53300")
            .contains("User ann runs or waits for 1 statements, the most that max_user_running");
        run(admin, "SELECT 1");
        CompletableFuture<?> second = begin(threads, slowOfBob);
        awaitRunning(2);
        long begin = System.nanoTime();
        assertThat(refusal(admin, "SELECT 1"))
            .startsWith("53300")
            .contains("The server runs 2 statements and others wait; try again in a moment");
        assertThat(System.nanoTime() - begin)
            .as("told soon")
            .isLessThan(TimeUnit.SECONDS.toNanos(30));
        try (Statement batch = admin.createStatement()) {
          batch.addBatch("UPDATE docs SET body = 'x' WHERE id = -1");
          assertThatThrownBy(batch::executeBatch)
              .isInstanceOf(BatchUpdateException.class)
              .hasMessageContaining("The server runs 2 statements and others wait")
              .extracting(e -> ((SQLException) e).getSQLState())
              .isEqualTo("53300");
        }
        slowOfAnn.cancel();
        slowOfBob.cancel();
        first.get(60, TimeUnit.SECONDS);
        second.get(60, TimeUnit.SECONDS);
        run(annAgain, "SELECT 1");
      }
    }
    assertThat(metrics()).containsPattern("\nquiver_refused_total [2-9]");
  }

  private static CompletableFuture<?> begin(ExecutorService threads, Statement statement) {
    return CompletableFuture.runAsync(
        () ->
            assertThatThrownBy(() -> statement.executeQuery(SLOW)).isInstanceOf(SQLException.class),
        threads);
  }

  private static String metrics() throws Exception {
    return server.get("/metrics", RunningServer.basic("admin", RunningServer.PASSWORD)).body();
  }

  private static void awaitRunning(int count) throws Exception {
    for (int i = 0; i < 500; i++) {
      if (metrics().contains("\nquiver_statements_running " + count + ".0")) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError(
        "not " + count + " statements run: " + server.log.toString(StandardCharsets.UTF_8));
  }

  @Test
  void metricsTellWhatTheDatabaseHasAndDid() throws Exception {
    server.admin("OPTIMIZE TABLE docs");
    try (Connection admin = server.admin()) {
      run(admin, "SELECT id FROM VECTOR_SEARCH('docs', 'e', '[1, 2, 0, 0]', 5)");
    }
    assertThat(metrics())
        .containsPattern("\nquiver_searches_total [1-9]")
        .containsPattern("\nquiver_distance_evaluations_total [1-9]")
        .containsPattern("\nquiver_visited_nodes_total \\d")
        .containsPattern("\nquiver_log_bytes [1-9]")
        .containsPattern("\nquiver_log_position [1-9]")
        .contains("\nquiver_background_failures 0.0")
        .containsPattern("\nquiver_plan_cache_misses\\{cache=\"text\"} [1-9]")
        .contains("\nquiver_table_live_rows{schema=\"public\",table=\"docs\"} 200.0")
        .containsPattern("\nquiver_segments\\{schema=\"public\",state=\"\\w+\",table=\"docs\"} 1.0")
        .contains(
            "jvm_memory_used_bytes", "process_files_open_files", "jvm_buffer_memory_used_bytes");
  }

  @Test
  void slowStatementsAreLoggedWithTheirPlan() throws Exception {
    try (Connection admin = server.admin()) {
      run(admin, "SELECT COUNT(*) FROM docs a, docs b WHERE a.id + b.id < 7");
    }
    assertThat(server.log.toString(StandardCharsets.UTF_8).lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("{\"time\":\"")
                    .contains("\"level\":\"slow\"", "\"user\":\"admin\"", "a.id + b.id < 7")
                    .containsPattern("\"millis\":\\d+,\"plan\":\\[\".*Scan"));
  }
}
