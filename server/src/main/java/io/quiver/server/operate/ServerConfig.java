package io.quiver.server.operate;

import io.quiver.planner.SessionLimits;
import io.quiver.server.access.ServerLimits;
import io.quiver.server.wire.WireLimits;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * What a server is told: on the command line, else in the environment, else in a file.
 *
 * @param adminPassword the first password of user admin, from the environment
 */
public record ServerConfig(Map<ServerOption, String> values, Optional<String> adminPassword) {
  private static final String VARIABLES = "QUIVER_";
  private static final String PASSWORD_VARIABLE = VARIABLES + "ADMIN_PASSWORD";

  /** Those that {@code bin/quiver} reads, and the password. */
  static final Set<String> OTHER_VARIABLES =
      Set.of(
          PASSWORD_VARIABLE,
          "QUIVER_JAVA_HOME",
          "QUIVER_JAVA_OPTS",
          "QUIVER_AOT",
          "QUIVER_CLASS_PATH",
          "QUIVER_MAVEN_ARGS");

  /** All that is wrong with a configuration. */
  public static final class InvalidConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidConfigException(List<String> problems) {
      super("The server cannot start:\n  - " + String.join("\n  - ", problems));
    }
  }

  /**
   * Puts a configuration together.
   *
   * @param given by name, on the command line
   * @param environment the process's
   * @param file of {@code name = value} lines
   * @throws InvalidConfigException telling everything that is wrong, not only the first thing
   */
  public static ServerConfig of(
      Map<String, String> given, Map<String, String> environment, Optional<Path> file)
      throws InvalidConfigException {
    List<String> problems = new ArrayList<>();
    Properties filed = read(file, problems);
    List<String> names = new ArrayList<>(given.keySet());
    names.addAll(filed.stringPropertyNames());
    for (String name : names) {
      if (Arrays.stream(ServerOption.values())
          .noneMatch(option -> option.plainName().equals(name))) {
        problems.add("there is no option " + name);
      }
    }
    Map<ServerOption, String> values = new EnumMap<>(ServerOption.class);
    for (ServerOption option : ServerOption.values()) {
      String value = given.get(option.plainName());
      if (value == null) {
        value = environment.get(option.variable());
      }
      if (value == null) {
        value = filed.getProperty(option.plainName(), option.defaultValue()).strip();
      }
      if (!option.takes(value)) {
        problems.add(option.plainName() + " is " + value + "; it must be " + option.range());
      }
      values.put(option, value);
    }
    ServerConfig config =
        new ServerConfig(values, Optional.ofNullable(environment.get(PASSWORD_VARIABLE)));
    problems.addAll(StartCheck.problems(config));
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
    return config;
  }

  private static Properties read(Optional<Path> file, List<String> problems) {
    Properties properties = new Properties();
    if (file.isPresent()) {
      try (Reader reader = Files.newBufferedReader(file.get())) {
        properties.load(reader);
      } catch (IOException | IllegalArgumentException e) {
        problems.add("the configuration " + file.get() + " cannot be read: " + e);
      }
    }
    return properties;
  }

  /** Variables that are named like options and are none: written wrong, or not meant for us. */
  public static List<String> unknownVariables(Map<String, String> environment) {
    return environment.keySet().stream()
        .filter(name -> name.startsWith(VARIABLES) && !OTHER_VARIABLES.contains(name))
        .filter(
            name ->
                Arrays.stream(ServerOption.values())
                    .noneMatch(option -> option.variable().equals(name)))
        .sorted()
        .toList();
  }

  boolean hasTls() {
    return !text(ServerOption.TLS_CERTIFICATE).isEmpty() || truth(ServerOption.TLS_SELF_SIGNED);
  }

  public String text(ServerOption option) {
    return values.getOrDefault(option, option.defaultValue());
  }

  boolean truth(ServerOption option) {
    return Boolean.parseBoolean(text(option));
  }

  public int number(ServerOption option) {
    return Integer.parseInt(text(option));
  }

  Duration seconds(ServerOption option) {
    return Duration.ofSeconds(number(option));
  }

  Duration millis(ServerOption option) {
    return Duration.ofMillis(number(option));
  }

  private long large(ServerOption option) {
    long number = Long.parseLong(text(option));
    return number == 0 ? Long.MAX_VALUE : number;
  }

  private static int orNone(int number) {
    return number == 0 ? Integer.MAX_VALUE : number;
  }

  /** No longer than a session may ask for. */
  private Duration statementTimeout() {
    int most = number(ServerOption.MAX_STATEMENT_TIMEOUT_MILLIS);
    int usual = number(ServerOption.STATEMENT_TIMEOUT_MILLIS);
    return Duration.ofMillis(most > 0 && (usual == 0 || usual > most) ? most : usual);
  }

  ServerLimits limits() {
    int running = number(ServerOption.MAX_RUNNING);
    return new ServerLimits(
        number(ServerOption.MAX_CONNECTIONS),
        number(ServerOption.MAX_USER_CONNECTIONS),
        number(ServerOption.MAX_STATEMENTS),
        running == 0 ? 4 * Runtime.getRuntime().availableProcessors() : running,
        orNone(number(ServerOption.MAX_USER_RUNNING)),
        number(ServerOption.MAX_WAITING),
        millis(ServerOption.MAX_WAIT_MILLIS),
        statementTimeout(),
        seconds(ServerOption.IDLE_CONNECTION_SECONDS),
        new SessionLimits(
            large(ServerOption.MAX_QUERY_MEMORY_BYTES),
            large(ServerOption.MAX_RESULT_BYTES),
            number(ServerOption.MAX_VECTOR_DIMENSIONS),
            number(ServerOption.MAX_BATCH_ROWS),
            orNone(number(ServerOption.MAX_STATEMENT_TIMEOUT_MILLIS))),
        Optional.of(text(ServerOption.BACKUP_DIR))
            .filter(folder -> !folder.isEmpty())
            .map(folder -> Path.of(folder).toAbsolutePath().normalize()));
  }

  WireLimits wireLimits() {
    return new WireLimits(
        number(ServerOption.MAX_REQUEST_BYTES),
        seconds(ServerOption.MAX_REQUEST_SECONDS),
        number(ServerOption.MAX_SOCKETS),
        Duration.ofMinutes(5));
  }
}
