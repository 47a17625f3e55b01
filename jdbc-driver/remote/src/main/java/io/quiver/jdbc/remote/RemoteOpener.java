package io.quiver.jdbc.remote;

import io.quiver.jdbc.ConnectionOpener;
import io.quiver.jdbc.JdbcUrl;
import io.quiver.jdbc.avatica.QuiverConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Opens connections to servers: {@code jdbc:quiver://host:port,host:port/schema}. */
public final class RemoteOpener implements ConnectionOpener {
  @Override
  public boolean opens(JdbcUrl url) {
    return url instanceof JdbcUrl.Remote;
  }

  @Override
  public Connection open(JdbcUrl url, String text, Map<String, String> properties)
      throws SQLException {
    JdbcUrl.Remote remote = (JdbcUrl.Remote) url;
    ClientSettings settings = ClientSettings.of(remote, properties);
    HostClient client = new HostClient(settings);
    try {
      QuiverConnection connection = new RemoteDriver(settings, client).connect(text);
      connection.open();
      if (settings.schema() != null) {
        connection.setSchema(settings.schema());
      }
      return connection;
    } catch (SQLException | RuntimeException e) {
      client.close();
      throw e;
    }
  }
}
