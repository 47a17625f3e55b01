package io.quiver.jdbc.embedded;

import io.quiver.jdbc.avatica.QuiverConnection;
import io.quiver.jdbc.avatica.QuiverDriverVersion;
import io.quiver.jdbc.avatica.QuiverFactory;
import io.quiver.jdbc.avatica.ValueForm;
import io.quiver.jdbc.meta.QuiverMeta;
import io.quiver.planner.Session;
import io.quiver.planner.StatementRunner;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Handler;
import org.apache.calcite.avatica.HandlerImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;

/** Makes Avatica's connections to one database in this process; one of these for each database. */
final class EmbeddedDriver extends UnregisteredDriver {
  private final StatementRunner runner;
  private final Function<Map<String, String>, Session> sessions;
  private final Runnable whenClosed;

  /**
   * @param whenClosed called once for each connection that was made and is closed
   */
  EmbeddedDriver(
      StatementRunner runner,
      Function<Map<String, String>, Session> sessions,
      Runnable whenClosed) {
    this.runner = runner;
    this.sessions = sessions;
    this.whenClosed = whenClosed;
  }

  QuiverConnection connect(String url, Map<String, String> properties) throws SQLException {
    Properties info = new Properties();
    info.putAll(properties);
    AvaticaConnection made = factory.newConnection(this, factory, url, info);
    QuiverConnection connection = (QuiverConnection) made;
    connection.open();
    return connection;
  }

  @Override
  protected AvaticaFactory createFactory() {
    return new QuiverFactory(ValueForm.OBJECT);
  }

  @Override
  protected Handler createHandler() {
    return new HandlerImpl() {
      @Override
      public void onConnectionClose(AvaticaConnection connection) {
        whenClosed.run();
      }
    };
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
    return QuiverMeta.local(connection, runner, sessions);
  }
}
