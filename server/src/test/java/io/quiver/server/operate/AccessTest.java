package io.quiver.server.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, and what they see and do. */
class AccessTest {
  @TempDir Path directory;
  private RunningServer server;

  @BeforeEach
  void start() throws Exception {
    server = new RunningServer(directory.resolve("db"));
    server.admin(
        "CREATE TABLE docs (tenant VARCHAR, id BIGINT, body VARCHAR, e VECTOR(2),"
            + " PRIMARY KEY (tenant, id))",
        "CREATE TABLE secret (id BIGINT PRIMARY KEY)",
        "INSERT INTO docs VALUES ('ann', 1, 'a', '[1, 0]'), ('ann', 2, 'b', '[0, 1]'), ('bob', 3,"
            + " 'c', '[1, 0]'), ('bob', 4, 'd', '[0.9, 0.1]'), ('bob', 5, 'e', '[1, 1]')",
        "CREATE USER ann PASSWORD 'ann has a cat'",
        "CREATE USER bob PASSWORD 'bob has a dog'",
        "CREATE ROLE tenants",
        "GRANT tenants TO ann",
        "GRANT tenants TO bob",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON docs TO tenants");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Connection ann() throws SQLException {
    return server.as("ann", "ann has a cat");
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void assertRefused(String sqlState, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(SQLException.class)
        .satisfies(
            e -> assertThat(((SQLException) e).getSQLState()).as("%s", e).isEqualTo(sqlState));
  }

  @Test
  void nobodyGetsInWithoutTheRightPassword() {
    for (String[] wrong :
        new String[][] {{"admin", "wrong"}, {"nobody", "wrong"}, {"admin", ""}, {"", ""}}) {
      assertThatThrownBy(() -> server.as(wrong[0], wrong[1]).close())
          .isInstanceOf(SQLException.class)
          .hasMessage("User or password is wrong");
      assertRefused("28000", () -> server.as(wrong[0], wrong[1]).close());
    }
    assertRefused("28000", () -> DriverManager.getConnection(server.url()).close());
  }

  @Test
  void guessingIsSlowedDown() {
    for (int i = 0; i < 6; i++) {
      assertThatThrownBy(() -> server.as("ann", "guess").close()).isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(() -> server.as("ann", "guess").close())
        .hasMessage("Too many failed logins; try again in a while, at most a minute");
  }

  @Test
  void thePasswordIsMadeUpOnceAndHoldsAfterARestart() throws Exception {
    Path fresh = directory.resolve("fresh");
    ServerConfig config =
        ServerConfig.of(Map.of("dir", fresh.toString(), "port", "0"), Map.of(), Optional.empty());
    EventLog log = new EventLog(System.err, java.time.Clock.systemUTC());
    String password;
    try (QuiverServer first = QuiverServer.start(config, log)) {
      password = first.newPassword().orElseThrow();
      assertThat(password).hasSizeGreaterThanOrEqualTo(20);
    }
    try (QuiverServer second = QuiverServer.start(config, log)) {
      assertThat(second.newPassword()).isEmpty();
      try (Connection admin =
          DriverManager.getConnection(
              "jdbc:quiver://127.0.0.1:" + second.port(), "admin", password)) {
        assertThat(admin.isValid(5)).isTrue();
      }
    }
  }

  @Test
  void grantsAreCheckedAndWhatIsForbiddenIsNotThere() throws SQLException {
    try (Connection ann = ann()) {
      assertThat(RunningServer.column(ann, "SELECT COUNT(*) FROM docs")).containsExactly("5");
      String forbidden = message(ann, "SELECT * FROM secret");
      String missing = message(ann, "SELECT * FROM sicret");
      assertThat(forbidden.replace("secret", "sicret")).isEqualTo(missing);
      assertThat(
              RunningServer.column(
                  ann,
                  "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"))
          .containsExactly("docs");
      try (ResultSet tables = ann.getMetaData().getTables(null, "%", "%secret%", null)) {
        assertThat(tables.next()).isFalse();
      }
      assertRefused("42501", () -> run(ann, "CREATE TABLE mine (id BIGINT PRIMARY KEY)"));
      assertRefused("42501", () -> run(ann, "DROP TABLE docs"));
      assertRefused("42501", () -> run(ann, "CREATE USER eve PASSWORD 'eve is clever'"));
      assertRefused("42501", () -> run(ann, "GRANT admin TO ann"));
      assertRefused("42501", () -> run(ann, "GRANT SELECT ON docs TO ann"));
      server.admin("REVOKE DELETE ON docs FROM tenants");
      assertRefused("42501", () -> run(ann, "DELETE FROM docs WHERE id = 1"));
      server.admin("REVOKE ALL ON docs FROM tenants");
      assertRefused("42P01", () -> run(ann, "SELECT * FROM docs"));
    }
  }

  private static String message(Connection connection, String sql) {
    try {
      run(connection, sql);
      throw new AssertionError("not refused: " + sql);
    } catch (SQLException e) {
      return e.getSQLState() + " " + e.getMessage();
    }
  }

  @Test
  void aTenantSeesAndCountsNoOthersRows() throws SQLException {
    server.admin("CREATE POLICY own ON docs USING (tenant = CURRENT_USER)");
    try (Connection ann = ann();
        Connection bob = server.as("bob", "bob has a dog")) {
      for (String sql :
          List.of(
              "SELECT id FROM docs",
              "SELECT id FROM docs ORDER BY e <-> '[1,0]' LIMIT 10",
              "SELECT id FROM VECTOR_SEARCH('docs', 'e', '[1,0]', 10)",
              "SELECT id FROM VECTOR_SEARCH('docs', 'e', '[1,0]', 2)",
              "SELECT id FROM VECTOR_SEARCH('docs', 'e', '[1,0]', 10, exact => TRUE)",
              "SELECT id FROM VECTOR_SEARCH('docs', 'e', '[1,0]', 10) WHERE body <> 'zz'",
              "SELECT id FROM (SELECT * FROM docs WHERE tenant = 'bob' OR TRUE) AS t",
              "WITH t AS (SELECT * FROM docs) SELECT DISTINCT id FROM t",
              "SELECT id FROM docs WHERE id IN (SELECT id FROM docs)",
              "SELECT a.id FROM docs a JOIN docs b ON a.id = b.id",
              "SELECT id FROM docs UNION SELECT id FROM docs")) {
        assertThat(RunningServer.column(ann, sql)).as(sql).containsExactlyInAnyOrder("1", "2");
      }
      for (String literal : List.of("'zz'", "'yy'")) {
        String alike = "SELECT id FROM docs WHERE body <> " + literal;
        assertThat(RunningServer.column(server.admin(), alike)).hasSize(5);
        assertThat(RunningServer.column(bob, alike)).as("plans are not shared").hasSize(3);
        assertThat(RunningServer.column(ann, alike)).hasSize(2);
      }
      assertThat(RunningServer.column(ann, "SELECT COUNT(*) FROM docs")).containsExactly("2");
      assertThat(RunningServer.column(bob, "SELECT COUNT(*) FROM docs")).containsExactly("3");
      assertThat(RunningServer.column(ann, "SELECT MAX(id) FROM docs")).containsExactly("2");
      assertThat(
              RunningServer.column(
                  ann, "SELECT (SELECT COUNT(*) FROM docs) FROM docs WHERE id = 1"))
          .containsExactly("2");
      assertThat(
              RunningServer.column(
                  ann, "SELECT 1 FROM docs WHERE tenant = 'bob' AND 1 / (id - 3) > 0"))
          .as("an error would tell that the row is there")
          .isEmpty();
      assertRefused("42501", () -> run(ann, "EXPLAIN SELECT * FROM docs"));
      assertRefused("42501", () -> run(ann, "EXPLAIN ANALYZE SELECT * FROM docs"));
      try (PreparedStatement prepared =
          ann.prepareStatement("SELECT COUNT(*) FROM docs WHERE tenant = ?")) {
        prepared.setString(1, "bob");
        try (ResultSet rows = prepared.executeQuery()) {
          rows.next();
          assertThat(rows.getLong(1)).isZero();
        }
      }
    }
    assertThat(RunningServer.column(server.admin(), "SELECT COUNT(*) FROM docs"))
        .as("an administrator sees all")
        .containsExactly("5");
  }

  @Test
  void aTenantWritesNoOthersRows() throws SQLException {
    server.admin("CREATE POLICY own ON docs USING (tenant = CURRENT_USER)");
    try (Connection ann = ann()) {
      assertRefused("42501", () -> run(ann, "INSERT INTO docs (tenant, id) VALUES ('bob', 9)"));
      assertRefused("42501", () -> run(ann, "UPDATE docs SET tenant = 'bob' WHERE id = 1"));
      assertRefused(
          "42501", () -> run(ann, "UPSERT INTO docs (tenant, id, body) VALUES ('bob', 3, 'x')"));
      assertRefused(
          "42501",
          () ->
              run(
                  ann,
                  "INSERT INTO docs (tenant, id, body) VALUES ('bob', 3, 'x')"
                      + " ON CONFLICT (tenant, id) DO UPDATE SET body = 'x'"));
      try (Statement statement = ann.createStatement()) {
        assertThat(statement.executeUpdate("UPDATE docs SET body = 'mine'")).isEqualTo(2);
        assertThat(statement.executeUpdate("DELETE FROM docs WHERE tenant = 'bob'")).isZero();
        assertThat(statement.executeUpdate("DELETE FROM docs WHERE id >= 2")).isEqualTo(1);
        assertThat(statement.executeUpdate("INSERT INTO docs (tenant, id) VALUES ('ann', 9)"))
            .isEqualTo(1);
      }
    }
    assertThat(RunningServer.column(server.admin(), "SELECT body FROM docs WHERE tenant = 'bob'"))
        .containsExactlyInAnyOrder("c", "d", "e");
  }

  @Test
  void aTableWithPoliciesForOthersShowsNothing() throws SQLException {
    server.admin("CREATE POLICY bobs ON docs TO bob USING (TRUE)");
    try (Connection ann = ann();
        Connection bob = server.as("bob", "bob has a dog")) {
      assertThat(RunningServer.column(ann, "SELECT id FROM docs")).isEmpty();
      assertThat(RunningServer.column(bob, "SELECT id FROM docs")).hasSize(5);
    }
    server.admin("DROP POLICY bobs ON docs");
    try (Connection ann = ann()) {
      assertThat(RunningServer.column(ann, "SELECT id FROM docs")).hasSize(5);
    }
  }

  @Test
  void keysLetInAndReachNoFurtherThanTheySay() throws SQLException {
    String key;
    try (Connection ann = ann();
        Statement statement = ann.createStatement();
        ResultSet made = statement.executeQuery("CREATE API KEY ingest READ ONLY")) {
      made.next();
      key = made.getString("api_key");
    }
    assertThat(key).startsWith("qv_");
    String url = server.url() + "?api_key=" + key;
    try (Connection byKey = DriverManager.getConnection(url)) {
      assertThat(RunningServer.column(byKey, "SELECT COUNT(*) FROM docs")).containsExactly("5");
      assertRefused("42501", () -> run(byKey, "DELETE FROM docs"));
      assertRefused("42501", () -> run(byKey, "CREATE API KEY another"));
      assertThat(RunningServer.column(byKey, "SELECT name FROM quiver.api_keys"))
          .containsExactly("ingest");
      assertRefused("42P01", () -> run(byKey, "SELECT * FROM quiver.users"));
      server.admin("DROP API KEY ingest");
      assertRefused("28000", () -> run(byKey, "SELECT 1"));
    }
    assertRefused("28000", () -> DriverManager.getConnection(url).close());
    assertRefused(
        "28000", () -> DriverManager.getConnection(server.url() + "?api_key=qv_x_y").close());
    String expired =
        RunningServer.column(server.admin(), "CREATE API KEY old FOR bob EXPIRES IN 0 DAYS")
            .getFirst();
    assertThat(expired).startsWith("k");
  }

  @Test
  void aDroppedUserIsOutAtOnce() throws SQLException {
    try (Connection ann = ann()) {
      server.admin("DROP USER ann");
      assertRefused("28000", () -> run(ann, "SELECT 1"));
    }
    assertRefused("42501", () -> server.admin("DROP USER admin"));
  }

  @Test
  void theAuditTellsWhoDidWhatAndNoPassword() throws Exception {
    assertThatThrownBy(() -> server.as("ann", "guess").close()).isInstanceOf(SQLException.class);
    String audit = Files.readString(directory.resolve("db-audit.log"));
    assertThat(audit)
        .contains("\"event\":\"login\",\"user\":\"ann\"")
        .contains("\"result\":\"refused\"")
        .contains("\"statement\":\"CREATE USER\"")
        .doesNotContain("ann has a cat")
        .doesNotContain("guess");
    assertThat(RunningServer.column(server.admin(), "SELECT * FROM quiver.statements"))
        .noneMatch(sql -> sql.contains("has a"));
  }

  @Test
  void noConnectionFromElsewhereUsesTheServersFiles() throws Exception {
    Path file = directory.resolve("docs.jsonl");
    try (Connection admin = server.admin();
        Connection ann = ann()) {
      for (Connection each : List.of(admin, ann)) {
        assertRefused("42501", () -> run(each, "COPY docs TO '" + file + "'"));
        assertThat(file).doesNotExist();
        assertRefused("42501", () -> run(each, "COPY docs FROM '" + directory + "/none.jsonl'"));
      }
    }
  }

  @Test
  void backupsAreForAdministratorsAndGoToOneFolder() throws Exception {
    try (Connection admin = server.admin()) {
      assertThat(message(admin, "BACKUP TO 'b1'"))
          .startsWith("42501")
          .contains("start the server with backup_dir");
    }
    Path folder = Files.createDirectory(directory.resolve("backups"));
    try (RunningServer other =
            new RunningServer(directory.resolve("other"), "backup_dir=" + folder);
        Connection admin = other.admin()) {
      other.admin(
          "CREATE TABLE docs (id BIGINT PRIMARY KEY)",
          "INSERT INTO docs VALUES (1), (2)",
          "CREATE USER eve PASSWORD 'eve is clever'",
          "GRANT ALL ON docs TO eve");
      try (Connection eve = other.as("eve", "eve is clever")) {
        assertRefused("42501", () -> run(eve, "BACKUP TO 'b1'"));
      }
      for (String bad : List.of("../b1", "/tmp/b1", "a/b", "", ".", "..", ".hidden", "a b")) {
        assertThat(message(admin, "BACKUP TO '" + bad + "'"))
            .as(bad)
            .startsWith("42501")
            .contains("not a plain name");
      }
      assertThat(RunningServer.column(admin, "BACKUP TO 'b1'"))
          .containsExactly(folder.resolve("b1").toString());
      assertThat(message(admin, "BACKUP TO 'b1'")).startsWith("58030").contains("there already");
      run(admin, "INSERT INTO docs VALUES (3)");
      assertThat(Files.readString(directory.resolve("other-audit.log")))
          .contains("\"statement\":\"BACKUP TO 'b1'\",\"result\":\"ok\"");
    }
    try (Connection restored = DriverManager.getConnection("jdbc:quiver:" + folder.resolve("b1"))) {
      assertThat(RunningServer.column(restored, "SELECT COUNT(*) FROM docs")).containsExactly("2");
      assertThat(RunningServer.column(restored, "SELECT name FROM quiver.users ORDER BY 1"))
          .containsExactly("admin", "eve");
    }
  }

  @Test
  void mergeAsksForWhatItDoesAndKeepsToThePolicies() throws SQLException {
    server.admin(
        "CREATE POLICY own ON docs USING (tenant = CURRENT_USER)",
        "CREATE USER reader PASSWORD 'reader has a book'",
        "GRANT SELECT, UPDATE ON docs TO reader");
    String merge =
        "MERGE INTO docs USING (VALUES ('%s', %d, 'merged')) AS s (tenant, id, body)"
            + " ON docs.tenant = s.tenant AND docs.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET body = s.body"
            + " WHEN NOT MATCHED THEN INSERT (tenant, id, body) VALUES (s.tenant, s.id, s.body)";
    try (Connection ann = ann();
        Connection reader = server.as("reader", "reader has a book")) {
      run(ann, merge.formatted("ann", 1));
      run(ann, merge.formatted("ann", 9));
      assertRefused("42501", () -> run(ann, merge.formatted("bob", 3)));
      assertRefused("42501", () -> run(ann, merge.formatted("bob", 9)));
      assertRefused("42501", () -> run(reader, merge.formatted("reader", 1)));
    }
    assertThat(
            RunningServer.column(
                server.admin(), "SELECT id FROM docs WHERE body = 'merged' ORDER BY id"))
        .containsExactly("1", "9");
  }
}
