package io.quiver.server.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Common.WireMessage;
import org.apache.calcite.avatica.proto.Requests;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bad clients send: they are refused, and everybody else goes on. */
class BadInputTest {
  @TempDir static Path directory;
  private static RunningServer server;
  private static Connection other;

  private static final String ADMIN = RunningServer.basic("admin", RunningServer.PASSWORD);

  @BeforeAll
  static void start() throws Exception {
    server =
        new RunningServer(
            directory.resolve("db"), "max_request_bytes=100000", "max_request_seconds=2");
    other = server.admin();
    server.admin("CREATE USER eve PASSWORD 'eve is clever'");
  }

  @AfterAll
  static void stop() throws SQLException {
    other.close();
    server.close();
  }

  @AfterEach
  void everybodyElseGoesOn() throws SQLException {
    assertThat(RunningServer.column(other, "VALUES 1")).containsExactly("1");
  }

  private static byte[] message(String name, com.google.protobuf.Message message) {
    return WireMessage.newBuilder()
        .setName("org.apache.calcite.avatica.proto.Requests$" + name)
        .setWrappedMessage(message.toByteString())
        .build()
        .toByteArray();
  }

  @Test
  void garbageIsAnErrorAndNoStackTrace() throws Exception {
    Random random = new Random(7);
    double before = refused(400);
    // Fewer than are logged in a minute, with those of the other tests.
    for (int i = 0; i < 40; i++) {
      byte[] garbage = new byte[random.nextInt(300)];
      random.nextBytes(garbage);
      var answer = server.post("/", ADMIN, garbage);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).doesNotContain("\tat ");
    }
    assertThat(
            server.post("/", ADMIN, "{\"request\":".getBytes(StandardCharsets.UTF_8)).statusCode())
        .isEqualTo(400);
    assertThat(refused(400) - before).as("counted, each").isEqualTo(41);
    assertThat(server.log.toString(StandardCharsets.UTF_8))
        .contains("\"level\":\"refused\",\"message\":\"A request was refused\",\"status\":400")
        .contains("\"from\":\"127.0.0.1\",\"reason\":\"The message cannot be read: ");
  }

  @Test
  void unknownMessagesAreRefusedByName() throws Exception {
    byte[] unknown =
        WireMessage.newBuilder()
            .setName("java.lang.Runtime")
            .setWrappedMessage(ByteString.copyFromUtf8("exec"))
            .build()
            .toByteArray();
    double before = refused(400);
    assertThat(server.post("/", ADMIN, unknown).statusCode()).isEqualTo(400);
    var answer = server.post("/", ADMIN, form("{\"request\":\"noSuchThing\"}"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body())
        .contains("there is no request 'noSuchThing'")
        .contains("\"exceptions\":[]");
    assertThat(refused(400) - before).isEqualTo(2);
    assertThat(server.log.toString(StandardCharsets.UTF_8))
        .contains(
            "\"status\":400,\"from\":\"127.0.0.1\",\"reason\":\"The message cannot be read:"
                + " Cannot find request parser for java.lang.Runtime\"")
        .contains("\"reason\":\"The message cannot be read: there is no request 'noSuchThing'\"");
  }

  private static double refused(int status) throws Exception {
    return RunningServer.metric(
        server, "quiver_requests_refused_total\\{status=\"" + status + "\"}");
  }

  /** What is no HTTP, or no path. */
  @Test
  void whatIsNoHttpIsRefusedAndCounted() throws Exception {
    double before = refused(400) + refused(505);
    for (String garbage : new String[] {"\u0001\u0002\u0003\r\n\r\n", "HELO quiver\r\n\r\n"}) {
      try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
        socket.getOutputStream().write(garbage.getBytes(StandardCharsets.US_ASCII));
        assertThat(status(socket)).matches("(?s)HTTP/1.1 (400|505) .*").doesNotContain("<");
      }
    }
    assertThat(refused(400) + refused(505) - before).isEqualTo(2);
    double large = refused(431);
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.getOutputStream().write(head("X: " + "x".repeat(20_000)));
      assertThat(status(socket)).startsWith("HTTP/1.1 431");
    }
    assertThat(refused(431) - large).isEqualTo(1);
    assertThat(server.log.toString(StandardCharsets.UTF_8))
        .contains(
            "\"status\":431,\"from\":\"127.0.0.1\",\"reason\":\"Not taken as HTTP: Request Header"
                + " Fields Too Large\"");
  }

  @Test
  void aMessageNestedWithoutEndIsRefused() throws Exception {
    Common.AvaticaType.Builder type = Common.AvaticaType.newBuilder().setName("ARRAY");
    // Far beyond what is read, and not too deep for this test's own stack to write.
    for (int i = 0; i < 500; i++) {
      type = Common.AvaticaType.newBuilder().setName("A").setComponent(type);
    }
    Requests.ExecuteRequest.Builder request = Requests.ExecuteRequest.newBuilder();
    request
        .getStatementHandleBuilder()
        .setConnectionId("none")
        .getSignatureBuilder()
        .addColumnsBuilder()
        .setType(type);
    var answer = server.post("/", ADMIN, message("ExecuteRequest", request.build()));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("\tat ");
    byte[] nested = ("{\"request\":" + "[".repeat(40_000)).getBytes(StandardCharsets.UTF_8);
    assertThat(server.post("/", ADMIN, nested).statusCode()).isEqualTo(400);
  }

  /** Lengths that promise more than there is, and fields that are many and empty. */
  @Test
  void aMessageThatClaimsToBeLargeTakesNoMemory() throws Exception {
    byte[] claims = {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 1, 2, 3};
    assertThat(server.post("/", ADMIN, claims).statusCode()).isEqualTo(400);
    Requests.ExecuteBatchRequest.Builder many = Requests.ExecuteBatchRequest.newBuilder();
    many.setConnectionId("none");
    for (int i = 0; i < 40_000; i++) {
      many.addUpdates(Requests.UpdateBatch.getDefaultInstance());
    }
    assertThat(server.post("/", ADMIN, message("ExecuteBatchRequest", many.build())).statusCode())
        .as("read, and there is no such connection")
        .isEqualTo(500);
  }

  @Test
  void anExpiredKeyLetsNobodyIn() throws Exception {
    String key;
    try (var statement = other.createStatement();
        var made = statement.executeQuery("CREATE API KEY old FOR eve EXPIRES IN 0 DAYS")) {
      made.next();
      key = made.getString("api_key");
    }
    assertThatThrownBy(
            () -> java.sql.DriverManager.getConnection(server.url() + "?api_key=" + key).close())
        .isInstanceOf(SQLException.class)
        .hasMessage("The API key has expired")
        .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isEqualTo("28000"));
    double before = refused(401);
    assertThat(server.post("/", "Bearer " + key, new byte[0]).statusCode()).isEqualTo(401);
    assertThat(refused(401) - before).isEqualTo(1);
    assertThat(server.log.toString(StandardCharsets.UTF_8))
        .contains("\"status\":401,\"from\":\"127.0.0.1\",\"reason\":\"The API key has expired\"");
  }

  @Test
  void headersThatTrickleAreGivenUp() throws Exception {
    double before = refused(408);
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write("POST / HTTP/1.1\r\nHost: x\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(300);
      boolean open = true;
      for (int i = 0; open && i < 60; i++) {
        try {
          out.write('x');
          out.flush();
          open = socket.getInputStream().read() >= 0;
        } catch (java.net.SocketTimeoutException e) {
          // Nothing was said yet.
        } catch (java.net.SocketException e) {
          open = false;
        }
      }
      assertThat(open).as("the socket is closed though it is never idle").isFalse();
    }
    assertThat(refused(408) - before).isPositive();
  }

  @Test
  void noClassThatAClientNamesIsLoaded() throws Exception {
    Requests.ExecuteRequest.Builder request = Requests.ExecuteRequest.newBuilder();
    request
        .getStatementHandleBuilder()
        .setConnectionId("none")
        .setId(1)
        .getSignatureBuilder()
        .getCursorFactoryBuilder()
        .setStyleValue(1)
        .setClassName("io.quiver.server.operate.BadInputTest$Trap");
    server.post("/", ADMIN, message("ExecuteRequest", request.build()));
    String json =
        "{\"request\":\"execute\",\"statementHandle\":{\"connectionId\":\"none\",\"id\":1,"
            + "\"signature\":{\"columns\":[],\"sql\":\"\",\"parameters\":[],\"cursorFactory\":"
            + "{\"style\":\"RECORD\",\"clazz\":\"io.quiver.server.operate.BadInputTest$Trap\","
            + "\"fieldNames\":[]},\"statementType\":\"SELECT\"}},\"parameterValues\":[],"
            + "\"maxRowCount\":1}";
    server.post("/", ADMIN, json.getBytes(StandardCharsets.UTF_8));
    assertThat(System.getProperty("quiver.trap")).isNull();
  }

  /** Says so when it is loaded. */
  static final class Trap {
    static {
      System.setProperty("quiver.trap", "sprung");
    }
  }

  @Test
  void anothersConnectionIsNotThere() throws Exception {
    String eve = RunningServer.basic("eve", "eve is clever");
    Requests.OpenConnectionRequest open =
        Requests.OpenConnectionRequest.newBuilder().setConnectionId("adm").build();
    assertThat(server.post("/", ADMIN, message("OpenConnectionRequest", open)).statusCode())
        .isEqualTo(200);
    Requests.CreateStatementRequest statement =
        Requests.CreateStatementRequest.newBuilder().setConnectionId("adm").build();
    byte[] create = message("CreateStatementRequest", statement);
    assertThat(server.post("/", ADMIN, create).statusCode()).isEqualTo(200);
    assertThat(server.post("/", eve, create).statusCode()).isEqualTo(500);
    assertThat(server.post("/control", eve, form("operation=ping&connection=adm")).body())
        .isEqualTo("closed");
    double before = RunningServer.metric(server, "quiver_refused_total");
    server.post(
        "/",
        eve,
        message(
            "CloseConnectionRequest",
            Requests.CloseConnectionRequest.newBuilder().setConnectionId("adm").build()));
    assertThat(server.post("/control", ADMIN, form("operation=ping&connection=adm")).body())
        .as("nobody else closes it")
        .isEqualTo("open");
    assertThat(RunningServer.metric(server, "quiver_refused_total") - before).isEqualTo(1);
    assertThat(Files.readString(directory.resolve("db-audit.log")))
        .contains(
            "\"event\":\"connection\",\"user\":\"eve\",\"address\":\"127.0.0.1\","
                + "\"owner\":\"admin\",\"result\":\"refused\"");
  }

  private static byte[] form(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void controlRequestsAreReadStrictly() throws Exception {
    for (String bad :
        new String[] {
          "",
          "operation=cancel",
          "operation=explode&connection=x&statement=1",
          "operation=cancel&connection=x&statement=minus",
          "operation=cancel&connection=%zz"
        }) {
      assertThat(server.post("/control", ADMIN, form(bad)).statusCode())
          .as(bad)
          .isBetween(200, 400);
    }
    assertThat(server.post("/control", null, form("operation=ping&connection=x")).statusCode())
        .isEqualTo(401);
  }

  @Test
  void everyRequestWithoutAUserIsRefused() throws Exception {
    assertThat(server.post("/", null, new byte[] {1, 2, 3}).statusCode()).isEqualTo(401);
    assertThat(server.post("/", "Basic !!!", new byte[0]).statusCode()).isEqualTo(401);
    assertThat(server.post("/", "Digest x", new byte[0]).statusCode()).isEqualTo(401);
    assertThat(server.get("/metrics", null).statusCode()).isEqualTo(401);
    assertThat(server.get("/metrics", RunningServer.basic("eve", "eve is clever")).statusCode())
        .isEqualTo(403);
    assertThat(server.get("/", ADMIN).statusCode()).isEqualTo(405);
    assertThat(server.get("/../../etc/passwd", ADMIN).statusCode()).isIn(400, 404);
  }

  @Test
  void aLargeRequestIsRefusedBeforeItIsRead() throws Exception {
    double before = refused(413);
    assertThat(server.post("/", ADMIN, new byte[100_001]).statusCode()).isEqualTo(413);
    assertThat(server.post("/", ADMIN, new byte[50_000_000]).statusCode())
        .as("answered, not cut off while it is sent")
        .isEqualTo(413);
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.getOutputStream().write(head("Content-Length: 1000000000"));
      assertThat(status(socket)).startsWith("HTTP/1.1 413");
    }
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(head("Transfer-Encoding: chunked"));
      byte[] chunk = ("4000\r\n" + "x".repeat(0x4000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 7; i++) {
        out.write(chunk);
      }
      out.flush();
      assertThat(status(socket)).as("counted while it is read").startsWith("HTTP/1.1 413");
    }
    assertThat(refused(413) - before).isEqualTo(4);
  }

  @Test
  void halfARequestAndASlowOneAreGivenUp() throws Exception {
    double broken = refused(400);
    double slow = refused(408);
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      socket.getOutputStream().write(head("Content-Length: 1000"));
      socket.getOutputStream().write(new byte[10]);
    }
    try (Socket socket = new Socket("127.0.0.1", server.server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(head("Content-Length: 1000"));
      for (int i = 0; i < 5; i++) {
        out.write(1);
        out.flush();
        Thread.sleep(700);
      }
      assertThat(status(socket)).startsWith("HTTP/1.1 408");
    }
    assertThat(refused(408) - slow).isPositive();
    assertThat(refused(400) - broken).as("half a request").isPositive();
    assertThat(server.log.toString(StandardCharsets.UTF_8))
        .contains("\"reason\":\"The request broke off: ");
  }

  private static byte[] head(String field) {
    return ("POST / HTTP/1.1\r\nHost: x\r\nAuthorization: " + ADMIN + "\r\n" + field + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String status(Socket socket) throws Exception {
    socket.setSoTimeout(20_000);
    byte[] answer = new byte[200];
    int read = socket.getInputStream().read(answer);
    return read < 0 ? "" : new String(answer, 0, read, StandardCharsets.US_ASCII);
  }

  @Test
  void metadataPatternsAreNoSql() throws SQLException {
    server.admin("CREATE TABLE x (id BIGINT PRIMARY KEY)");
    for (String pattern : new String[] {"'; DROP TABLE x; --", "%' OR '1'='1", "\\", "a\0b"}) {
      try (var tables = other.getMetaData().getTables(null, pattern, pattern, null)) {
        assertThat(tables.next()).as(pattern).isFalse();
      }
      try (var columns = other.getMetaData().getColumns(null, "public", "x", pattern)) {
        assertThat(columns.next()).as(pattern).isFalse();
      }
    }
    try (var tables = other.getMetaData().getTables(null, "public", "x", null)) {
      assertThat(tables.next()).as("it is still there").isTrue();
    }
  }

  @Test
  void aStatementOfAClosedConnectionIsClosed() throws SQLException {
    Connection closed = server.admin();
    var statement = closed.createStatement();
    closed.close();
    assertThatThrownBy(() -> statement.executeQuery("VALUES 1"))
        .isInstanceOf(SQLException.class)
        .hasMessage("The statement is closed");
  }

  /** By a client that does not look after itself. */
  @Test
  void theServerKnowsNoStatementOfAClosedConnection() throws Exception {
    server.post(
        "/",
        ADMIN,
        message(
            "OpenConnectionRequest",
            Requests.OpenConnectionRequest.newBuilder().setConnectionId("gone").build()));
    server.post(
        "/",
        ADMIN,
        message(
            "CloseConnectionRequest",
            Requests.CloseConnectionRequest.newBuilder().setConnectionId("gone").build()));
    Requests.PrepareAndExecuteRequest run =
        Requests.PrepareAndExecuteRequest.newBuilder()
            .setConnectionId("gone")
            .setStatementId(1)
            .setSql("VALUES 1")
            .build();
    var answer = server.post("/", ADMIN, message("PrepareAndExecuteRequest", run));
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("ErrorResponse").doesNotContain("\tat ");
    Requests.FetchRequest fetch =
        Requests.FetchRequest.newBuilder().setConnectionId("gone").setStatementId(1).build();
    assertThat(server.post("/", ADMIN, message("FetchRequest", fetch)).statusCode()).isEqualTo(500);
  }

  @Test
  void statusIsToldWithoutAUser() throws Exception {
    assertThat(server.get("/healthz", null).body()).isEqualTo("ok\n");
    assertThat(server.get("/readyz", null).body()).isEqualTo("ready\n");
    assertThat(server.get("/metrics", ADMIN).body())
        .contains("quiver_connections")
        .contains("quiver_statements_seconds_count{kind=\"query\",outcome=\"ok\"}");
  }
}
