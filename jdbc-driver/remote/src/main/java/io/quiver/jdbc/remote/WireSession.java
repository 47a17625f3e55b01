package io.quiver.jdbc.remote;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.apache.calcite.avatica.remote.ProtobufService;

/**
 * One session on a server: sends Avatica's requests, and opens the session anew where the server
 * has lost it, unless a transaction was lost with it.
 */
final class WireSession extends ProtobufService {
  private final String id;
  private final Map<String, String> properties;
  private final HostClient client;
  private final WireTranslation translation = new WireTranslation();
  private final SessionMemory memory = new SessionMemory();
  private volatile boolean closed;

  WireSession(String id, ClientSettings settings, HostClient client) {
    this.id = id;
    this.properties = settings.session();
    this.client = client;
  }

  @Override
  public Response _apply(Request request) {
    note(request);
    try {
      Response response = send(request);
      noteDone(request);
      return response;
    } catch (MissingSessionException e) {
      if (request instanceof CloseConnectionRequest) {
        return new CloseConnectionResponse();
      }
      if (request instanceof CloseStatementRequest) {
        return new CloseStatementResponse();
      }
      reopen();
      Response response = send(request);
      noteDone(request);
      return response;
    }
  }

  private Response send(Request request) {
    HostClient.Answer answer;
    try {
      answer =
          client.post(
              HostClient.REQUESTS,
              translation.write(request),
              isRepeatable(request),
              client.waitsAtMost());
    } catch (IOException e) {
      throw WireProblems.unreachable(client.host(), isRepeatable(request), e);
    }
    if (!answer.isProtocol()) {
      throw WireProblems.refused(answer);
    }
    try {
      Response response = translation.read(answer.body());
      if (response instanceof ErrorResponse error) {
        AvaticaRuntimeException told =
            new AvaticaRuntimeException(
                String.valueOf(error.errorMessage),
                error.errorCode,
                state(error.sqlState),
                error.severity);
        if (error.errorCode == ErrorResponse.MISSING_CONNECTION_ERROR_CODE
            && told.getSqlState().equals("XX000")) {
          throw new MissingSessionException(told);
        }
        throw told;
      }
      return response;
    } catch (IOException e) {
      throw WireProblems.problem(
          "08P01", "The server's answer cannot be read: " + e.getMessage(), e);
    }
  }

  /** Avatica has a number of its own where a failure has none. */
  private static String state(String state) {
    return state.equals(ErrorResponse.UNKNOWN_SQL_STATE) ? "XX000" : state;
  }

  /** A request that may be sent a second time, though the first may have been carried out. */
  static boolean isRepeatable(Request request) {
    return !(request instanceof ExecuteRequest
        || request instanceof PrepareAndExecuteRequest
        || request instanceof ExecuteBatchRequest
        || request instanceof PrepareAndExecuteBatchRequest
        || request instanceof CommitRequest
        || request instanceof RollbackRequest);
  }

  private synchronized void note(Request request) {
    if (closed) {
      throw WireProblems.problem("08003", "The connection is closed", null);
    }
    memory.sends(request);
  }

  private synchronized void noteDone(Request request) {
    memory.done(request);
  }

  /** Opens the session anew on a server that does not know it. */
  private synchronized void reopen() {
    if (memory.inTransaction()) {
      memory.transactionLost();
      throw WireProblems.problem(
          "08006",
          "The server no longer knows the connection, and what its transaction had done is undone:"
              + " begin the transaction again",
          null);
    }
    send(new OpenConnectionRequest(id, properties));
    send(new ConnectionSyncRequest(id, memory.synced()));
    if (!memory.settings().isEmpty()) {
      CreateStatementResponse statement =
          (CreateStatementResponse) send(new CreateStatementRequest(id));
      for (String setting : memory.settings()) {
        send(new PrepareAndExecuteRequest(id, statement.statementId, setting, -1));
      }
      send(new CloseStatementRequest(id, statement.statementId));
    }
  }

  void open() {
    apply(new OpenConnectionRequest(id, properties));
  }

  /**
   * Asks for something that Avatica's protocol has no request for.
   *
   * @param arguments names and values by turns
   * @return lines of the answer
   */
  List<String> control(String operation, int waitMillis, String... arguments) {
    StringBuilder form = new StringBuilder("operation=" + operation + "&connection=" + encoded(id));
    for (int i = 0; i < arguments.length; i += 2) {
      form.append('&').append(arguments[i]).append('=').append(encoded(arguments[i + 1]));
    }
    HostClient.Answer answer;
    try {
      answer =
          client.post(
              HostClient.CONTROL,
              form.toString().getBytes(StandardCharsets.UTF_8),
              true,
              waitMillis);
    } catch (IOException e) {
      throw WireProblems.unreachable(client.host(), true, e);
    }
    if (answer.status() != 200) {
      throw WireProblems.refused(answer);
    }
    List<String> lines = new ArrayList<>();
    for (String line : answer.text().split("\n")) {
      if (!line.isEmpty()) {
        lines.add(URLDecoder.decode(line, StandardCharsets.UTF_8));
      }
    }
    return lines;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  HostClient client() {
    return client;
  }

  /** Closing succeeds where the server is gone, or knows us no more: it forgets what is unused. */
  static void ifReachable(Runnable closing) {
    try {
      closing.run();
    } catch (AvaticaRuntimeException e) {
      if (!e.getSqlState().startsWith("08") && !e.getSqlState().startsWith("28")) {
        throw e;
      }
    }
  }

  /** Lets go of the network: nothing is sent any more. */
  void cut() {
    closed = true;
    client.close();
  }

  /** The server has no session of this connection. */
  private static final class MissingSessionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingSessionException(RuntimeException told) {
      super(told);
    }
  }
}
