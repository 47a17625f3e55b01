package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.Executor;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.ConnectionConfig;
import org.apache.calcite.avatica.UnregisteredDriver;
import org.jspecify.annotations.Nullable;

/** What an application can set and ask of a connection, apart from transactions. */
abstract class ConnectionAttributes extends AvaticaConnection {
  private final Properties clientInfo = new Properties();
  private @Nullable ConnectionConfig config;
  private @Nullable Optional<TimeZone> givenZone;
  private @Nullable SQLWarning warnings;

  ConnectionAttributes(
      UnregisteredDriver driver, AvaticaFactory factory, String url, Properties info) {
    super(driver, factory, url, info);
  }

  /** Read once: Avatica asks for it several times a statement. */
  @Override
  public ConnectionConfig config() {
    ConnectionConfig known = config;
    if (known == null) {
      known = super.config();
      config = known;
    }
    return known;
  }

  /** The one given by the property, read once too; else the application's own, which may change. */
  @Override
  public TimeZone getTimeZone() {
    Optional<TimeZone> given = givenZone;
    if (given == null) {
      given = Optional.ofNullable(config().timeZone()).map(TimeZone::getTimeZone);
      givenZone = given;
    }
    return given.orElseGet(TimeZone::getDefault);
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (isClosed()) {
      throw SqlErrors.misuse("08003", "The connection is closed");
    }
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    checkOpen();
    return sql;
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    checkOpen();
    return metaData;
  }

  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    checkOpen();
    Failures.guardAction(() -> super.setReadOnly(readOnly));
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return Failures.guard(super::isReadOnly);
  }

  /** Nothing: Quiver has no catalogs, and JDBC asks drivers without them to be silent. */
  @Override
  public void setCatalog(@Nullable String catalog) throws SQLException {
    checkOpen();
  }

  @Override
  public @Nullable String getCatalog() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void setSchema(String schema) throws SQLException {
    checkOpen();
    if (schema == null) {
      throw SqlErrors.misuse("3F000", "Invalid schema: null");
    }
    Failures.guardAction(() -> super.setSchema(schema));
  }

  @Override
  public String getSchema() throws SQLException {
    checkOpen();
    return Failures.guard(super::getSchema);
  }

  /** A lesser level is served by REPEATABLE_READ, as JDBC allows. */
  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    checkOpen();
    switch (level) {
      case TRANSACTION_READ_UNCOMMITTED,
          TRANSACTION_READ_COMMITTED,
          TRANSACTION_REPEATABLE_READ -> {}
      case TRANSACTION_SERIALIZABLE ->
          throw SqlErrors.unsupported(
              "Isolation SERIALIZABLE is not offered; REPEATABLE_READ (a snapshot) is");
      default -> throw SqlErrors.misuse("22023", "Invalid transaction isolation " + level);
    }
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    checkOpen();
    return TRANSACTION_REPEATABLE_READ;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warnings;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warnings = null;
  }

  /** JDBC lets a driver give a lesser result set and say so in a warning. */
  final void downgrade(int type, int concurrency) {
    if (type != ResultSet.TYPE_FORWARD_ONLY || concurrency != ResultSet.CONCUR_READ_ONLY) {
      SQLWarning warning =
          new SQLWarning("Results are read forwards and are not updatable", "01S02");
      SQLWarning first = warnings;
      if (first == null) {
        warnings = warning;
      } else {
        first.setNextWarning(warning);
      }
    }
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    checkOpen();
    return Map.of();
  }

  @Override
  public void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
    checkOpen();
    if (map != null && !map.isEmpty()) {
      throw SqlErrors.unsupported("Quiver has no user-defined types to map to classes");
    }
  }

  @Override
  public void setHoldability(int holdability) throws SQLException {
    checkOpen();
    if (holdability != ResultSet.HOLD_CURSORS_OVER_COMMIT
        && holdability != ResultSet.CLOSE_CURSORS_AT_COMMIT) {
      throw SqlErrors.misuse("22023", "Invalid holdability " + holdability);
    }
    super.setHoldability(holdability);
  }

  /** Kept for whoever asks; the database makes no use of it. */
  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    if (name == null) {
      throw new SQLClientInfoException("The name of a client property is null", Map.of());
    }
    if (value == null) {
      clientInfo.remove(name);
    } else {
      clientInfo.setProperty(name, value);
    }
  }

  @Override
  public void setClientInfo(Properties properties) throws SQLClientInfoException {
    clientInfo.clear();
    if (properties != null) {
      for (String name : properties.stringPropertyNames()) {
        setClientInfo(name, properties.getProperty(name));
      }
    }
  }

  @Override
  public @Nullable String getClientInfo(String name) throws SQLException {
    checkOpen();
    return name == null ? null : clientInfo.getProperty(name);
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    checkOpen();
    Properties copy = new Properties();
    copy.putAll(clientInfo);
    return copy;
  }

  /** In this process there is no network to wait for. */
  @Override
  public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
    checkOpen();
    if (milliseconds < 0) {
      throw SqlErrors.misuse(
          "22023", "Invalid network timeout " + milliseconds + ": it is negative");
    }
    super.setNetworkTimeout(executor, milliseconds);
    if (meta instanceof Link link) {
      link.waitAtMost(milliseconds);
    }
  }

  @Override
  public <T> T unwrap(Class<T> wanted) throws SQLException {
    return Wrapping.unwrap(this, wanted);
  }

  @Override
  public boolean isWrapperFor(@Nullable Class<?> wanted) {
    return wanted != null && wanted.isInstance(this);
  }
}
