package io.quiver.examples.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.jdbc.testing.DatabaseUnderTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The adapters' tests in this module do run over a server. */
class ServedDatabaseTest {
  @Test
  void databasesOfTestsAreBehindAServer() throws SQLException {
    String url = DatabaseUnderTest.ofItsOwn();
    assertThat(url).startsWith("jdbc:quiver://127.0.0.1:");
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(connection.getSchema()).startsWith("own_");
    }
  }
}
