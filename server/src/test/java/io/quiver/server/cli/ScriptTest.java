package io.quiver.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/quiver} as a user types it. */
class ScriptTest {
  private static final Pattern PASSWORD =
      Pattern.compile("User admin was made with the password (\\S+) \\(not shown again\\)");
  private static final Pattern LISTENS =
      Pattern.compile("Quiver listens: (jdbc:quiver://127\\.0\\.0\\.1:\\d+/public)");

  @TempDir Path directory;

  @Test
  void aServerStartsAnswersAndDrains() throws Exception {
    Process server =
        Script.process("server", "--dir", directory.resolve("db").toString(), "--port", "0")
            .redirectError(directory.resolve("log").toFile())
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new java.io.InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      String password = group(PASSWORD, said);
      String url = group(LISTENS, said);
      try (Connection admin = DriverManager.getConnection(url, "admin", password)) {
        fill(admin);
        try (PreparedStatement search =
            admin.prepareStatement(
                "SELECT id FROM VECTOR_SEARCH('docs', 'e', ?, 2) WHERE lang = 'en'")) {
          search.setObject(1, new float[] {1, 0});
          try (ResultSet hits = search.executeQuery()) {
            assertThat(hits.next()).isTrue();
            assertThat(hits.getLong(1)).isEqualTo(2);
          }
        }
        CompletableFuture<Long> running =
            CompletableFuture.supplyAsync(() -> slowCount(url, password));
        awaitRunning(url, password);
        // A signal to the process that the script became, as kill and systemd send it.
        server.toHandle().destroy();
        assertThat(running.get(60, TimeUnit.SECONDS))
            .as("what ran when the signal came is answered")
            .isEqualTo(27_000_000);
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).as("ended by SIGTERM").isEqualTo(143);
        assertThatThrownBy(() -> DriverManager.getConnection(url, "admin", password).close())
            .isInstanceOf(SQLException.class);
      }
      assertThat(Files.readString(directory.resolve("log"))).doesNotContain("WARNING");
    } finally {
      server.destroyForcibly();
    }
    Script sql =
        Script.run(
            "sql",
            directory.resolve("db").toString(),
            "--format",
            "csv",
            "-e",
            "SELECT COUNT(*) AS n FROM docs");
    assertThat(sql.errors()).isEmpty();
    assertThat(sql.out()).isEqualToNormalizingNewlines("n\n300\n");
    assertThat(sql.status()).isZero();
  }

  private static String group(Pattern pattern, BufferedReader said) throws IOException {
    String line = said.readLine();
    assertThat(line).isNotNull();
    Matcher matcher = pattern.matcher(line);
    assertThat(matcher.matches()).as(line).isTrue();
    return matcher.group(1);
  }

  private static void fill(Connection admin) throws SQLException {
    try (Statement statement = admin.createStatement()) {
      statement.execute("CREATE TABLE docs (id BIGINT PRIMARY KEY, lang VARCHAR, e VECTOR(2))");
    }
    try (PreparedStatement insert = admin.prepareStatement("INSERT INTO docs VALUES (?, ?, ?)")) {
      for (int i = 1; i <= 300; i++) {
        insert.setLong(1, i);
        insert.setString(2, i % 2 == 0 ? "en" : "fr");
        insert.setObject(3, new float[] {1, i});
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static long slowCount(String url, String password) {
    try (Connection connection = DriverManager.getConnection(url, "admin", password);
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                "SELECT COUNT(*) FROM docs a, docs b, docs c WHERE a.id + b.id + c.id > 0")) {
      count.next();
      return count.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError("The statement that ran was cut off", e);
    }
  }

  /** Waits until the server says that a statement runs. */
  private static void awaitRunning(String url, String password) throws Exception {
    String address = url.replace("jdbc:quiver", "http").replace("/public", "/metrics");
    HttpRequest metrics =
        HttpRequest.newBuilder(URI.create(address))
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 600; i++) {
        String answer = client.send(metrics, HttpResponse.BodyHandlers.ofString()).body();
        if (answer.contains("\nquiver_statements_running 1.0")) {
          return;
        }
        Thread.sleep(20);
      }
    }
    throw new AssertionError("The statement did not begin to run");
  }

  @Test
  void aServerToldNonsenseSaysAllOfItAndEnds() throws Exception {
    Script server =
        Script.run("server", "--port", "no", "--host", "0.0.0.0", "--set", "max_runing=3");
    assertThat(server.status()).isEqualTo(1);
    assertThat(server.out()).isEmpty();
    assertThat(server.errors())
        .isEqualToNormalizingNewlines(
            """
            The server cannot start:
              - there is no option max_runing
              - port is no; it must be a number from 0 to 65535
              - host 0.0.0.0 is reached by others, and there is no TLS: give tls_certificate and \
            tls_key, or --insecure to send passwords and data in the clear
            """);
  }

  @Test
  void everyOtherCommandRuns() throws Exception {
    Path rows = Files.writeString(directory.resolve("docs.csv"), "id,title\n1,one\n2,two\n");
    String db = directory.resolve("other").toString();
    Script imported = Script.run("import", "-d", db, "-t", "docs", rows.toString());
    assertThat(imported.status()).as(imported.errors()).isZero();
    Script check = Script.run("check", db);
    assertThat(check.status()).as(check.errors()).isZero();
    assertThat(check.out()).contains("all is well");
    Script version = Script.run("version");
    assertThat(version.out()).startsWith("Quiver ");
    Script help = Script.run("help");
    assertThat(help.status()).isZero();
    assertThat(help.out()).containsPattern("(?m)^  bench ").containsPattern("(?m)^  server ");
    Script wrong = Script.run("sql", db, "-e", "SELECT nope FROM docs");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.errors()).startsWith("QV-3002 COLUMN_UNKNOWN").doesNotContain("WARNING");
  }
}
