package io.quiver.jdbc.embedded;

import io.quiver.engine.search.StopSignal;
import io.quiver.jdbc.ConnectionProperty;
import io.quiver.planner.Session;
import io.quiver.planner.StatementRunner;
import io.quiver.sql.problem.SqlProblemException;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;

/**
 * Makes the session of a connection from its properties: those that the driver does not know itself
 * are settings, and the database takes or refuses them as it does in a SET statement.
 */
public final class ConnectionSettings implements Function<Map<String, String>, Session> {
  /** An embedded connection is the administrator's. */
  static final String ADMINISTRATOR = "admin";

  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)?");

  private final StatementRunner runner;

  public ConnectionSettings(StatementRunner runner) {
    this.runner = runner;
  }

  @Override
  public Session apply(Map<String, String> properties) {
    return apply(new Session(ADMINISTRATOR), properties);
  }

  /** The same session, with its settings made. */
  public Session apply(Session session, Map<String, String> properties) {
    properties.forEach(
        (name, value) -> {
          if (ConnectionProperty.named(name).isEmpty()) {
            set(session, name, value);
          }
        });
    return session;
  }

  private void set(Session session, String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw invalid(name, "22023", 0, "it is not the name of a setting");
    }
    try {
      runner.execute(
          session,
          runner.prepare(session, "SET " + name + " = '" + value.replace("'", "''") + "'"),
          new Object[0],
          StopSignal.NEVER);
    } catch (SqlProblemException e) {
      String reason = e.problem().message() + ". " + e.problem().remedy();
      throw invalid(name, e.sqlState(), e.problem().code().number(), reason);
    }
  }

  private static AvaticaRuntimeException invalid(
      String name, String sqlState, int code, String reason) {
    return new AvaticaRuntimeException(
        "Invalid connection property '" + name + "': " + reason,
        code,
        sqlState,
        AvaticaSeverity.ERROR);
  }
}
