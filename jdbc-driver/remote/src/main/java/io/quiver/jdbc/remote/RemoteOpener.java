package io.quiver.jdbc.remote;

import io.quiver.jdbc.ConnectionOpener;
import io.quiver.jdbc.JdbcUrl;
import io.quiver.jdbc.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * Opens connections to servers. There is no server yet, and it says so: nothing is tried over the
 * network.
 */
public final class RemoteOpener implements ConnectionOpener {
  @Override
  public boolean opens(JdbcUrl url) {
    return url instanceof JdbcUrl.Remote;
  }

  @Override
  public Connection open(JdbcUrl url, String text, Map<String, String> properties)
      throws SQLException {
    throw SqlErrors.unsupported(
        "Cannot connect to "
            + text
            + ": this version of Quiver has no server. Open the database in your process, with"
            + " jdbc:quiver:DIRECTORY and the artifact io.quiver:quiver-embedded.");
  }
}
