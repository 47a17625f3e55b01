package io.quiver.jdbc;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver of Quiver, for databases in this process and behind servers.
 *
 * <p>It registers itself through {@code META-INF/services}. See {@link JdbcUrl} for what it opens.
 */
public final class QuiverDriver implements Driver {
  static {
    try {
      DriverManager.registerDriver(new QuiverDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
    if (url == null) {
      throw SqlErrors.misuse("08001", "Invalid URL: null");
    }
    if (!JdbcUrl.isQuivers(url)) {
      return null;
    }
    JdbcUrl parsed = JdbcUrl.parse(url);
    ConnectionOpener opener =
        opener(parsed).orElseThrow(() -> SqlErrors.of("08001", 0, missingHalf(parsed), null));
    return opener.open(parsed, url, properties(parsed, info));
  }

  @Override
  public boolean acceptsURL(String url) throws SQLException {
    if (url == null) {
      throw SqlErrors.misuse("08001", "Invalid URL: null");
    }
    return JdbcUrl.isQuivers(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info)
      throws SQLException {
    Map<String, String> given =
        url != null && JdbcUrl.isQuivers(url) ? properties(JdbcUrl.parse(url), info) : Map.of();
    ConnectionProperty[] known = ConnectionProperty.values();
    DriverPropertyInfo[] answer = new DriverPropertyInfo[known.length];
    for (int i = 0; i < known.length; i++) {
      String name = known[i].propertyName();
      answer[i] = new DriverPropertyInfo(name, given.getOrDefault(name, known[i].defaultValue()));
      answer[i].description = known[i].description();
    }
    return answer;
  }

  @Override
  public int getMajorVersion() {
    return BuildVersion.current().major();
  }

  @Override
  public int getMinorVersion() {
    return BuildVersion.current().minor();
  }

  /** False: JDBC reserves true for drivers that passed a test suite that is no longer given out. */
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("io.quiver");
  }

  private static Map<String, String> properties(JdbcUrl url, @Nullable Properties info) {
    Map<String, String> all = new LinkedHashMap<>();
    if (info != null) {
      for (String name : info.stringPropertyNames()) {
        all.put(name.toLowerCase(Locale.ROOT), info.getProperty(name));
      }
    }
    all.putAll(url.properties());
    return all;
  }

  private static Optional<ConnectionOpener> opener(JdbcUrl url) throws SQLException {
    Optional<ConnectionOpener> found = opener(url, QuiverDriver.class.getClassLoader());
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return found.isPresent() || context == null ? found : opener(url, context);
  }

  private static Optional<ConnectionOpener> opener(JdbcUrl url, @Nullable ClassLoader loader)
      throws SQLException {
    try {
      for (ConnectionOpener opener : ServiceLoader.load(ConnectionOpener.class, loader)) {
        if (opener.opens(url)) {
          return Optional.of(opener);
        }
      }
    } catch (ServiceConfigurationError | UnsupportedClassVersionError e) {
      String advice =
          url instanceof JdbcUrl.Remote ? "" : "; a database in the process needs Java 25 or later";
      throw SqlErrors.of("08001", 0, "Cannot load the driver: " + e.getMessage() + advice, e);
    }
    return Optional.empty();
  }

  private static String missingHalf(JdbcUrl url) {
    return url instanceof JdbcUrl.Remote
        ? "Cannot connect to a server: the remote half of the driver is not on the class path."
            + " Add the artifact io.quiver:quiver-jdbc."
        : "Cannot open a database in this process: the embedded half of the driver is not on the"
            + " class path. Add the artifact io.quiver:quiver-embedded (Java 25).";
  }
}
