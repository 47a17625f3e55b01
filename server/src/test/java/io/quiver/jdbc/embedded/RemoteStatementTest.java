package io.quiver.jdbc.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.server.wire.OpenServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** {@link StatementTest} over the wire. */
class RemoteStatementTest extends StatementTest {
  private OpenServer server;
  private Connection connection;

  @Override
  Connection connect(ScriptedRunner script) throws Exception {
    server = new OpenServer(script);
    connection = DriverManager.getConnection(server.url());
    return connection;
  }

  @Override
  void release() {
    server.close();
  }

  /** Its few rows came with the answer, so that nothing is left open on the server. */
  @Override
  @Test
  void runningAgainClosesTheResultBefore() throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement("rows")) {
      ResultSet first = prepared.executeQuery();
      first.next();
      ResultSet second = prepared.executeQuery();
      assertThat(first.isClosed()).isTrue();
      assertThat(second.next()).isTrue();
    }
  }

  /** No statement is run for it: the server says whether the session is there. */
  @Override
  @Test
  void validMeansTheDatabaseAnswers() throws SQLException {
    assertThat(connection.isValid(5)).isTrue();
    server.meta().closeAll();
    connection.createStatement().close();
    server.meta().closeAll();
    assertThat(connection.isValid(5)).as("the session is opened anew").isTrue();
    server.close();
    assertThat(connection.isValid(5)).isFalse();
  }
}
