package io.quiver.server.cli;

import io.quiver.server.operate.EventLog;
import io.quiver.server.operate.QuiverServer;
import io.quiver.server.operate.ServerConfig;
import io.quiver.server.operate.ServerOption;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code quiver server}: serves a database over HTTP until it is told to stop. */
@Command(
    name = "server",
    description = {
      "Serve a database over HTTP, to DBeaver, connection pools and every client of Avatica.",
      "The first start makes the user admin and prints its password, once.",
      "All options: docs/server.md."
    })
final class ServerCommand implements SubCommand {
  @Option(names = "--dir", paramLabel = "STORE", description = "Directory of the database.")
  private @Nullable String directory;

  @Option(names = "--host", paramLabel = "H", description = "Address to listen on: 127.0.0.1.")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "P", description = "Port to listen on: 8765.")
  private @Nullable String port;

  @Option(names = "--insecure", description = "Let an address that others reach do without TLS.")
  private boolean insecure;

  @Option(names = "--config", paramLabel = "FILE", description = "File of name = value lines.")
  private @Nullable Path file;

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "Any other option.")
  private Map<String, String> others = new LinkedHashMap<>();

  @Override
  public Integer call()
      throws SQLException, IOException, GeneralSecurityException, InterruptedException {
    ServerConfig config;
    try {
      config = ServerConfig.of(given(), System.getenv(), Optional.ofNullable(file));
    } catch (ServerConfig.InvalidConfigException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
    EventLog log = new EventLog(System.err, Clock.systemUTC());
    for (String variable : ServerConfig.unknownVariables(System.getenv())) {
      log.info(
          "The environment has " + variable + ", which is no option; docs/server.md lists them");
    }
    QuiverServer server = QuiverServer.start(config, log);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      server.close();
                      stopped.countDown();
                    }));
    server
        .newPassword()
        .ifPresent(
            password ->
                System.out.println(
                    "User admin was made with the password " + password + " (not shown again)"));
    System.out.println("Quiver listens: " + server.url());
    System.out.flush();
    stopped.await();
    return 0;
  }

  private Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>(others);
    put(given, ServerOption.DIR, directory);
    put(given, ServerOption.HOST, host);
    put(given, ServerOption.PORT, port);
    put(given, ServerOption.INSECURE, insecure ? "true" : null);
    return given;
  }

  private static void put(Map<String, String> given, ServerOption option, @Nullable String value) {
    if (value != null) {
      given.put(option.plainName(), value);
    }
  }
}
