package io.quiver.server.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who waits until there is room for it, who is refused, and who has to make room. */
class RoomTest {
  private static final String SLOW =
      "SELECT COUNT(*) FROM n a, n b, n c, n d WHERE a.id + b.id + c.id + d.id < 0";

  @TempDir Path directory;

  private static void fill(RunningServer server) throws SQLException {
    server.admin("CREATE TABLE n (id BIGINT PRIMARY KEY)");
    try (Connection admin = server.admin();
        PreparedStatement insert = admin.prepareStatement("INSERT INTO n VALUES (?)")) {
      for (int i = 0; i < 200; i++) {
        insert.setLong(1, i);
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void await(RunningServer server, String name, double value) throws Exception {
    for (int i = 0; i < 2_000 && RunningServer.metric(server, name) != value; i++) {
      Thread.sleep(10);
    }
    assertThat(RunningServer.metric(server, name)).as(name).isEqualTo(value);
  }

  private static String healthz(Socket socket, int waitMillis) throws Exception {
    socket.setSoTimeout(waitMillis);
    byte[] answer = new byte[1_000];
    int read = socket.getInputStream().read(answer);
    return read < 0 ? "" : new String(answer, 0, read, StandardCharsets.US_ASCII);
  }

  private static Socket asking(RunningServer server) throws Exception {
    Socket socket = new Socket("127.0.0.1", server.server.port());
    socket
        .getOutputStream()
        .write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  @Test
  void aSocketTooManyWaitsUntilOneIsClosed() throws Exception {
    try (RunningServer server = new RunningServer(directory.resolve("db"), "max_sockets=3")) {
      List<Socket> open = new ArrayList<>();
      try {
        for (int i = 0; i < 3; i++) {
          open.add(asking(server));
          assertThat(healthz(open.get(i), 20_000)).startsWith("HTTP/1.1 200");
        }
        open.add(asking(server));
        assertThatThrownBy(() -> healthz(open.get(3), 300))
            .as("it is not taken, and not refused")
            .isInstanceOf(SocketTimeoutException.class);
        open.removeFirst().close();
        assertThat(healthz(open.getLast(), 20_000)).startsWith("HTTP/1.1 200");
      } finally {
        for (Socket each : open) {
          each.close();
        }
      }
    }
  }

  /** One that works for long is not idle, and what an idle one had begun is undone. */
  @Test
  void anIdleConnectionIsClosed() throws Exception {
    try (RunningServer server =
        new RunningServer(directory.resolve("db"), "idle_connection_seconds=1")) {
      fill(server);
      try (Connection idle = server.admin();
          Connection unsaved = server.admin();
          Connection busy = server.admin();
          Statement working = busy.createStatement()) {
        unsaved.setAutoCommit(false);
        try (Statement statement = unsaved.createStatement()) {
          statement.executeUpdate("DELETE FROM n");
        }
        working.setQueryTimeout(3);
        assertRefused("57014", () -> working.executeQuery(SLOW));
        await(server, "quiver_connections", 0);
        assertRefused(
            "08006",
            () -> {
              try (Statement statement = unsaved.createStatement()) {
                statement.executeUpdate("DELETE FROM n WHERE id = 1");
              }
            });
        assertThat(RunningServer.column(idle, "SELECT COUNT(*) FROM n"))
            .as("opened anew by its driver; the rows are still there")
            .containsExactly("200");
      }
    }
  }

  @Test
  void soManyStatementsWaitAndNoMore() throws Exception {
    try (RunningServer server =
            new RunningServer(
                directory.resolve("db"),
                "max_running=1",
                "max_waiting=1",
                "max_wait_millis=600000");
        ExecutorService threads = Executors.newCachedThreadPool()) {
      fill(server);
      try (Connection one = server.admin();
          Connection two = server.admin();
          Connection three = server.admin();
          Statement slow = one.createStatement()) {
        CompletableFuture<?> running =
            CompletableFuture.runAsync(
                () -> assertRefused("57014", () -> slow.executeQuery(SLOW)), threads);
        await(server, "quiver_statements_running", 1);
        CompletableFuture<List<String>> waiting =
            CompletableFuture.supplyAsync(() -> first(two), threads);
        await(server, "quiver_statements_waiting", 1);
        assertThatThrownBy(() -> RunningServer.column(three, "VALUES 3"))
            .isInstanceOf(SQLException.class)
            .hasMessage("The server runs 1 statements and others wait; try again in a moment")
            .extracting(e -> ((SQLException) e).getSQLState())
            .isEqualTo("53300");
        assertThat(waiting).isNotDone();
        slow.cancel();
        running.get(60, TimeUnit.SECONDS);
        assertThat(waiting.get(60, TimeUnit.SECONDS)).containsExactly("2");
        assertThat(RunningServer.column(three, "VALUES 3")).containsExactly("3");
        assertThat(RunningServer.metric(server, "quiver_refused_total")).isEqualTo(1);
      }
    }
  }

  /** More of them than processors, and than threads that answer what they read. */
  @Test
  void longStatementsKeepNobodyFromBeingAnswered() throws Exception {
    int many = 24;
    try (RunningServer server =
            new RunningServer(directory.resolve("db"), "max_running=64", "drain_seconds=1");
        ExecutorService threads = Executors.newCachedThreadPool()) {
      fill(server);
      List<Connection> connections = new ArrayList<>();
      List<Statement> slow = new ArrayList<>();
      List<CompletableFuture<?>> running = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        connections.add(server.admin());
        Statement statement = connections.get(i).createStatement();
        slow.add(statement);
        running.add(
            CompletableFuture.runAsync(
                () ->
                    assertThatThrownBy(() -> statement.executeQuery(SLOW))
                        .isInstanceOf(SQLException.class)
                        .extracting(e -> ((SQLException) e).getSQLState())
                        // Cancelled; or the server is gone.
                        .isIn("57014", "08006"),
                threads));
      }
      await(server, "quiver_statements_running", many);
      for (int i = 0; i < 4; i++) {
        try (Connection another = server.admin()) {
          assertThat(RunningServer.column(another, "VALUES 1")).containsExactly("1");
          assertThat(server.get("/healthz", null).statusCode()).isEqualTo(200);
        }
      }
      assertThat(running).as("they run still").noneMatch(CompletableFuture::isDone);
      for (int i = 0; i < many / 2; i++) {
        slow.get(i).cancel();
        running.get(i).get(60, TimeUnit.SECONDS);
      }
      assertThat(running.subList(many / 2, many)).noneMatch(CompletableFuture::isDone);
      for (Connection each : connections.subList(0, many / 2)) {
        each.close();
      }
      // The others are cut off when the server stops.
      server.server.close();
      for (CompletableFuture<?> each : running) {
        assertThat(each).succeedsWithin(60, TimeUnit.SECONDS);
      }
    }
    try (RunningServer again = new RunningServer(directory.resolve("db"));
        Connection admin = again.admin()) {
      assertThat(RunningServer.column(admin, "SELECT COUNT(*) FROM n")).containsExactly("200");
    }
  }

  /** A client that does not wait for its answers gets them all, and others get theirs. */
  @Test
  void whoSendsOnEndKeepsNobodyWaiting() throws Exception {
    int each = 200;
    byte[] requests =
        "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".repeat(each).getBytes(StandardCharsets.US_ASCII);
    try (RunningServer server = new RunningServer(directory.resolve("db"));
        ExecutorService threads = Executors.newCachedThreadPool();
        Connection other = server.admin()) {
      AtomicBoolean stop = new AtomicBoolean();
      List<CompletableFuture<?>> senders = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        senders.add(
            CompletableFuture.runAsync(() -> sendOnEnd(server, requests, each, stop), threads));
      }
      for (int i = 0; i < 10; i++) {
        assertThat(RunningServer.column(other, "VALUES 1")).containsExactly("1");
      }
      assertThat(senders).noneMatch(CompletableFuture::isDone);
      stop.set(true);
      for (CompletableFuture<?> sender : senders) {
        assertThat(sender).succeedsWithin(60, TimeUnit.SECONDS);
      }
    }
  }

  private static void sendOnEnd(
      RunningServer server, byte[] requests, int each, AtomicBoolean stop) {
    try (Socket socket = new Socket("127.0.0.1", server.server.port());
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.setSoTimeout(20_000);
      do {
        socket.getOutputStream().write(requests);
        int answers = 0;
        while (answers < each) {
          String line = in.readLine();
          assertThat(line).isNotNull();
          answers += line.startsWith("HTTP/1.1 200") ? 1 : 0;
        }
      } while (!stop.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> first(Connection connection) {
    try {
      return RunningServer.column(connection, "VALUES 2");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertRefused(String sqlState, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(SQLException.class)
        .extracting(e -> ((SQLException) e).getSQLState())
        .isEqualTo(sqlState);
  }
}
