package io.quiver.server.operate;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server as the command line starts one, whose administrator's password is known. */
final class RunningServer implements AutoCloseable {
  static final String PASSWORD = "two rivers meet";

  final QuiverServer server;
  final ByteArrayOutputStream log = new ByteArrayOutputStream();

  RunningServer(Path directory, String... options) throws Exception {
    Map<String, String> given = new HashMap<>(Map.of("dir", directory.toString(), "port", "0"));
    for (String option : options) {
      given.put(
          option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
    }
    server =
        QuiverServer.start(
            ServerConfig.of(given, Map.of("QUIVER_ADMIN_PASSWORD", PASSWORD), Optional.empty()),
            new EventLog(new PrintStream(log, true, StandardCharsets.UTF_8), Clock.systemUTC()));
  }

  String url() {
    return "jdbc:quiver://127.0.0.1:" + server.port() + "/public";
  }

  Connection as(String user, String password) throws SQLException {
    return DriverManager.getConnection(url(), user, password);
  }

  Connection admin() throws SQLException {
    return as("admin", PASSWORD);
  }

  /** Runs statements as the administrator. */
  void admin(String... statements) throws SQLException {
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The first column of all rows. */
  static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  /**
   * What the server measures.
   *
   * @param name a pattern, with its tags; 0 where there is none yet
   */
  static double metric(RunningServer server, String name) throws Exception {
    Matcher line =
        Pattern.compile("(?m)^" + name + " (\\S+)$")
            .matcher(server.get("/metrics", basic("admin", PASSWORD)).body());
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  static String basic(String user, String password) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  HttpResponse<String> get(String path, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  HttpResponse<String> post(String path, String authorization, byte[] body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
