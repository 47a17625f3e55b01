package io.quiver.server.cli;

import io.quiver.server.operate.EventLog;
import io.quiver.server.operate.QuiverServer;
import io.quiver.server.operate.ServerConfig;
import io.quiver.sql.catalog.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code quiver train}: does what most commands do, on data of its own. {@code bin/quiver} runs it
 * to fill the class cache, which keeps what was loaded and how often each method was called.
 */
@Command(
    name = "train",
    hidden = true,
    description = "Do what most commands do, for the class cache that bin/quiver makes.")
final class TrainCommand implements SubCommand {
  private static final int PASSWORD_BYTES = 15;

  private static final String STATEMENTS =
      """
      CREATE TABLE t (id BIGINT PRIMARY KEY, lang VARCHAR, body VARCHAR, e VECTOR(2));
      INSERT INTO t VALUES (1, 'en', 'one', '[1, 0]'), (2, 'fr', 'deux', '[0, 1]');
      UPDATE t SET body = 'two' WHERE id = 2;
      SELECT id, score FROM VECTOR_SEARCH('t', 'e', '[1, 0]', 2) WHERE lang = 'en';
      SELECT id FROM t ORDER BY cosine_distance(e, VECTOR '[1, 0]') LIMIT 1;
      SELECT lang, COUNT(*) FROM t GROUP BY lang ORDER BY 2;
      SELECT a.id FROM t a JOIN t b ON a.id = b.id WHERE b.lang LIKE 'e%';
      SELECT table_name FROM information_schema.tables LIMIT 1;
      DROP TABLE t;
      """;

  @Override
  public Integer call() throws SQLException, IOException, GeneralSecurityException {
    Path folder = Files.createTempDirectory("quiver-train");
    try {
      Path store = folder.resolve("store");
      String password = Secrets.random(PASSWORD_BYTES);
      ServerConfig config =
          ServerConfig.of(
              Map.of("dir", store.toString(), "port", "0"),
              Map.of("QUIVER_ADMIN_PASSWORD", password),
              Optional.empty());
      try (QuiverServer server =
              QuiverServer.start(config, new EventLog(System.err, Clock.systemUTC()));
          Connection connection = DriverManager.getConnection(server.url(), "admin", password)) {
        new ScriptRun(connection, ScriptRun.OutputFormat.TABLE, System.out, System.err)
            .run("", STATEMENTS);
      }
      return QuiverCommand.commandLine().execute("sql", store.toString(), "-e", STATEMENTS);
    } catch (ServerConfig.InvalidConfigException e) {
      throw new IllegalStateException("The options are right", e);
    } finally {
      remove(folder);
    }
  }

  private static void remove(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder)) {
      files = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
