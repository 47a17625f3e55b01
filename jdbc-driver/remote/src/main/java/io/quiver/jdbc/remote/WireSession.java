package io.quiver.jdbc.remote;

import io.quiver.jdbc.JdbcUrl;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.apache.calcite.avatica.remote.ProtobufService;
import org.jspecify.annotations.Nullable;

/**
 * One session on a server: sends Avatica's requests, and opens the session anew where the server
 * has lost it, unless a transaction was lost with it.
 */
final class WireSession extends ProtobufService {
  private static final int MOST_REMEMBERED_SETTINGS = 256;

  private final String id;
  private final Map<String, String> properties;
  private final HostClient client;
  private final WireTranslation translation = new WireTranslation();

  /** What the session was told since it was opened: the last of each setting. */
  private final Map<String, String> settings = new LinkedHashMap<>();

  private final ConnectionPropertiesImpl synced = new ConnectionPropertiesImpl();
  private boolean inTransaction;
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
      throw unreachable(request, e);
    }
    if (!answer.isProtocol()) {
      throw refused(answer);
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
      throw problem("08P01", "The server's answer cannot be read: " + e.getMessage(), e);
    }
  }

  /** Avatica has a number of its own where a failure has none. */
  private static String state(String state) {
    return state.equals(ErrorResponse.UNKNOWN_SQL_STATE) ? "XX000" : state;
  }

  /** A request that may be sent a second time, though the first may have been carried out. */
  private static boolean isRepeatable(Request request) {
    return !(request instanceof ExecuteRequest
        || request instanceof PrepareAndExecuteRequest
        || request instanceof ExecuteBatchRequest
        || request instanceof PrepareAndExecuteBatchRequest
        || request instanceof CommitRequest
        || request instanceof RollbackRequest);
  }

  private synchronized void note(Request request) {
    if (closed) {
      throw problem("08003", "The connection is closed", null);
    }
    if (request instanceof PrepareAndExecuteRequest sql) {
      String first = firstWord(sql.sql);
      inTransaction |=
          Boolean.FALSE.equals(synced.isAutoCommit())
              || first.equals("BEGIN")
              || first.equals("START");
    } else if (!isRepeatable(request)) {
      inTransaction |= Boolean.FALSE.equals(synced.isAutoCommit());
    }
  }

  private synchronized void noteDone(Request request) {
    if (request instanceof ConnectionSyncRequest sync) {
      synced.merge(sync.connProps);
      if (Boolean.TRUE.equals(sync.connProps.isAutoCommit())) {
        inTransaction = false;
      }
    } else if (request instanceof CommitRequest || request instanceof RollbackRequest) {
      inTransaction = false;
    } else if (request instanceof PrepareAndExecuteRequest sql) {
      remember(sql.sql);
    }
  }

  private void remember(String sql) {
    switch (firstWord(sql)) {
      case "COMMIT", "ROLLBACK", "END" -> {
        if (!sql.toUpperCase(Locale.ROOT).contains("SAVEPOINT")) {
          inTransaction = false;
        }
      }
      case "SET", "RESET", "USE" -> {
        String text = sql.strip();
        int end = text.indexOf('=');
        String name = (end < 0 ? text : text.substring(0, end)).strip().toUpperCase(Locale.ROOT);
        settings.remove(name);
        if (settings.size() < MOST_REMEMBERED_SETTINGS) {
          settings.put(name, sql);
        }
      }
      default -> {}
    }
  }

  /** Whether the statement changes what the session was told. */
  static boolean isSetting(String sql) {
    String word = firstWord(sql);
    return word.equals("SET") || word.equals("RESET") || word.equals("USE");
  }

  private static String firstWord(String sql) {
    String text = sql.stripLeading();
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return text.substring(0, end).toUpperCase(Locale.ROOT);
  }

  /** Opens the session anew on a server that does not know it. */
  private synchronized void reopen() {
    if (inTransaction) {
      inTransaction = false;
      throw problem(
          "08006",
          "The server no longer knows the connection, and what its transaction had done is undone:"
              + " begin the transaction again",
          null);
    }
    send(new OpenConnectionRequest(id, properties));
    send(new ConnectionSyncRequest(id, synced));
    if (!settings.isEmpty()) {
      CreateStatementResponse statement =
          (CreateStatementResponse) send(new CreateStatementRequest(id));
      for (String setting : settings.values()) {
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
      throw unreachable(null, e);
    }
    if (answer.status() != 200) {
      throw refused(answer);
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

  /** Lets go of the network: nothing is sent any more. */
  void cut() {
    closed = true;
    client.close();
  }

  private RuntimeException unreachable(@Nullable Request request, IOException failure) {
    JdbcUrl.Host host = client.host();
    String where = host.name() + ":" + host.port();
    if (SendFailure.isTimeout(failure)) {
      return problem("08006", "The server at " + where + " did not answer in time", failure);
    }
    if (!SendFailure.mayHaveArrived(failure)) {
      return problem("08001", "Cannot connect to " + where + ": " + failure.getMessage(), failure);
    }
    String unknown =
        request == null || isRepeatable(request)
            ? ""
            : ". Whether the statement was carried out is not known";
    return problem(
        "08006",
        "The connection to " + where + " broke: " + failure.getMessage() + unknown,
        failure);
  }

  /** What a server says outside of the protocol, such as that it does not know the user. */
  private static RuntimeException refused(HostClient.Answer answer) {
    String text = answer.text().strip();
    String state =
        switch (answer.status()) {
          case 401 -> "28000";
          case 403 -> "42501";
          case 408, 429, 503 -> "53300";
          case 413 -> "54000";
          default -> "08P01";
        };
    return problem(
        state, text.isEmpty() ? "The server answered HTTP " + answer.status() : text, null);
  }

  /** For code of JDBC's own, inside Avatica's methods that cannot declare SQLException. */
  static AvaticaRuntimeException of(SQLException failure) {
    AvaticaRuntimeException told =
        new AvaticaRuntimeException(
            String.valueOf(failure.getMessage()),
            failure.getErrorCode(),
            String.valueOf(failure.getSQLState()),
            AvaticaSeverity.ERROR);
    told.initCause(failure);
    return told;
  }

  static AvaticaRuntimeException problem(String state, String message, @Nullable Throwable cause) {
    AvaticaRuntimeException problem =
        new AvaticaRuntimeException(message, 0, state, AvaticaSeverity.ERROR);
    if (cause != null) {
      problem.initCause(cause);
    }
    return problem;
  }

  /** The server has no session of this connection. */
  private static final class MissingSessionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MissingSessionException(RuntimeException told) {
      super(told);
    }
  }
}
