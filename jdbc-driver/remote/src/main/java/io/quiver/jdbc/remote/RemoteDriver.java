package io.quiver.jdbc.remote;

import io.quiver.jdbc.ConnectionProperty;
import io.quiver.jdbc.avatica.QuiverConnection;
import io.quiver.jdbc.avatica.QuiverDriverVersion;
import io.quiver.jdbc.avatica.QuiverFactory;
import io.quiver.jdbc.avatica.ValueForm;
import java.sql.SQLException;
import java.util.Properties;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;

/** Makes one of Avatica's connections to a server. */
final class RemoteDriver extends UnregisteredDriver {
  private final ClientSettings settings;
  private final HostClient client;

  /** For one connection. */
  RemoteDriver(ClientSettings settings, HostClient client) {
    this.settings = settings;
    this.client = client;
  }

  QuiverConnection connect(String url) throws SQLException {
    Properties info = new Properties();
    info.putAll(settings.session());
    info.setProperty(ConnectionProperty.USER.propertyName(), settings.user());
    info.setProperty("fetch_size", String.valueOf(settings.fetchSize()));
    return (QuiverConnection) factory.newConnection(this, factory, url, info);
  }

  @Override
  protected AvaticaFactory createFactory() {
    return new QuiverFactory(ValueForm.WIRE);
  }

  @Override
  protected DriverVersion createDriverVersion() {
    return QuiverDriverVersion.current();
  }

  @Override
  protected String getConnectStringPrefix() {
    return "jdbc:quiver:";
  }

  @Override
  public Meta createMeta(AvaticaConnection connection) {
    return new WireMeta(connection, new WireSession(connection.id, settings, client));
  }
}
