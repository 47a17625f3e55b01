package io.quiver.examples.frameworks;

import io.quiver.server.operate.EventLog;
import io.quiver.server.operate.QuiverServer;
import io.quiver.server.operate.ServerConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A server as {@code bin/quiver server} starts one, over a folder of its own. */
final class RunningServer implements AutoCloseable {
  private static final String PASSWORD = "two-rivers-meet";

  private final Path folder;
  private final QuiverServer server;

  private RunningServer(Path folder, int port) {
    this.folder = folder;
    try {
      server =
          QuiverServer.start(
              ServerConfig.of(
                  Map.of(
                      "dir", folder.toString(), "port", String.valueOf(port), "drain_seconds", "0"),
                  Map.of("QUIVER_ADMIN_PASSWORD", PASSWORD),
                  Optional.empty()),
              new EventLog(new PrintStream(PrintStream.nullOutputStream()), Clock.systemUTC()));
    } catch (Exception e) {
      throw new IllegalStateException("No server for a test", e);
    }
  }

  /** One that is stopped when the process ends. */
  static RunningServer start() {
    try {
      Path folder = Files.createTempDirectory("quiver-served");
      RunningServer running = new RunningServer(folder, 0);
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(running::remove));
      return running;
    } catch (IOException e) {
      throw new IllegalStateException("No folder for a server", e);
    }
  }

  static RunningServer over(Path folder, int port) {
    return new RunningServer(folder, port);
  }

  int port() {
    return server.port();
  }

  String url(String schema) {
    return url(port(), schema);
  }

  /** The URL of a server that may not be there. */
  static String url(int port, String schema) {
    return "jdbc:quiver://127.0.0.1:%d/%s?user=admin&password=%s".formatted(port, schema, PASSWORD);
  }

  private void remove() {
    close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // It lies in the temporary folder, which is emptied by others.
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
