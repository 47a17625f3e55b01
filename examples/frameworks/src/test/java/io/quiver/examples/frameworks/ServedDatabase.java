package io.quiver.examples.frameworks;

import io.quiver.jdbc.testing.DatabaseUnderTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Databases behind a server: each is a schema of one that is started for all tests. */
public final class ServedDatabase implements DatabaseUnderTest {
  /** Started when it is first asked for, and there until the tests have ended. */
  private static final class Shared {
    private static final RunningServer SERVER = RunningServer.start();
  }

  @Override
  public String url(String name) {
    try (Connection connection = DriverManager.getConnection(Shared.SERVER.url("public"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA IF NOT EXISTS " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("No schema for a test", e);
    }
    return Shared.SERVER.url(name);
  }
}
