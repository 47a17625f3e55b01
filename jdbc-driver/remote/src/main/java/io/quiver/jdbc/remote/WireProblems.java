package io.quiver.jdbc.remote;

import io.quiver.jdbc.JdbcUrl;
import java.io.IOException;
import java.sql.SQLException;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.jspecify.annotations.Nullable;

/** What goes wrong between here and the server, in Avatica's form, each with its SQLSTATE. */
final class WireProblems {
  private WireProblems() {}

  /**
   * A request that went nowhere, or had no answer.
   *
   * @param repeatable whether it does no harm if it was carried out
   */
  static RuntimeException unreachable(JdbcUrl.Host host, boolean repeatable, IOException failure) {
    String where = host.name() + ":" + host.port();
    if (SendFailure.isTimeout(failure)) {
      return problem("08006", "The server at " + where + " did not answer in time", failure);
    }
    if (!SendFailure.mayHaveArrived(failure)) {
      return problem("08001", "Cannot connect to " + where + ": " + failure.getMessage(), failure);
    }
    String unknown = repeatable ? "" : ". Whether the statement was carried out is not known";
    return problem(
        "08006",
        "The connection to " + where + " broke: " + failure.getMessage() + unknown,
        failure);
  }

  /** What a server says outside of the protocol, such as that it does not know the user. */
  static RuntimeException refused(HostClient.Answer answer) {
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
}
