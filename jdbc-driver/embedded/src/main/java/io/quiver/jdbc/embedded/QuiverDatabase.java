package io.quiver.jdbc.embedded;

import io.quiver.engine.VectorEngine;
import io.quiver.jdbc.ConnectionProperty;
import io.quiver.jdbc.SqlErrors;
import io.quiver.jdbc.avatica.QuiverConnection;
import io.quiver.planner.StatementRunner;
import io.quiver.sql.catalog.CatalogSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One open database: engine, catalog and planner put together, and the only place where that is
 * done.
 *
 * <p>Who opens it and each of its connections hold a reference; it closes with the last. A
 * directory that is opened twice in a process is one database. Safe for use by many threads.
 */
public final class QuiverDatabase implements AutoCloseable {
  /** Open databases that can be found again: by real path, or by name in memory. */
  private static final Map<Object, QuiverDatabase> SHARED = new HashMap<>();

  private final @Nullable Object key;
  private final DatabaseParts parts;
  private final EmbeddedDriver driver;
  private int references = 1;

  QuiverDatabase(@Nullable Object key, DatabaseParts parts) {
    this.key = key;
    this.parts = parts;
    this.driver =
        new EmbeddedDriver(parts.runner(), new ConnectionSettings(parts.runner()), this::release);
  }

  /**
   * Opens the database in a directory, and makes it if the directory is missing or empty.
   *
   * @throws SQLException with SQLSTATE 08001 if the directory cannot be used or holds something
   *     else
   */
  public static QuiverDatabase open(Path directory) throws SQLException {
    Path real;
    try {
      Files.createDirectories(directory);
      real = directory.toRealPath();
    } catch (IOException e) {
      throw SqlErrors.of(
          "08001", 0, "Cannot use '" + directory + "' as the directory of a database: " + e, e);
    }
    return shared(real, () -> DatabaseParts.in(real));
  }

  /** A new database in memory that nobody else sees; it is gone when it is closed. */
  public static QuiverDatabase inMemory() throws SQLException {
    return new QuiverDatabase(null, DatabaseParts.inMemory());
  }

  /** The database in memory of that name; it is gone when the last who uses it closes it. */
  public static QuiverDatabase inMemory(String name) throws SQLException {
    return shared(":memory:" + name, DatabaseParts::inMemory);
  }

  /** Makes the parts of a database that is not open yet. */
  @FunctionalInterface
  interface Assembly {
    DatabaseParts make() throws SQLException;
  }

  static QuiverDatabase shared(Object key, Assembly assembly) throws SQLException {
    synchronized (SHARED) {
      QuiverDatabase open = SHARED.get(key);
      if (open == null) {
        open = new QuiverDatabase(key, assembly.make());
        SHARED.put(key, open);
      } else {
        open.references++;
      }
      return open;
    }
  }

  /** Runs statements without JDBC, such as a server does. */
  public StatementRunner runner() {
    return parts.runner();
  }

  /** Its definitions as they are: tables, and users with their rights. */
  public CatalogSnapshot catalog() {
    return parts.catalog().get();
  }

  /**
   * The engine below, for what compares it with SQL over the same rows. It closes with the
   * database.
   */
  public VectorEngine engine() {
    return parts.engine().orElseThrow();
  }

  /** A connection as its administrator, which keeps the database open until it is closed. */
  public QuiverConnection connect() throws SQLException {
    return connect("jdbc:quiver:", Map.of());
  }

  QuiverConnection connect(String url, Map<String, String> properties) throws SQLException {
    Map<String, String> all = new LinkedHashMap<>(properties);
    all.put(ConnectionProperty.USER.propertyName(), ConnectionSettings.ADMINISTRATOR);
    all.remove(ConnectionProperty.PASSWORD.propertyName());
    synchronized (SHARED) {
      if (references == 0) {
        throw SqlErrors.misuse("08003", "The database is closed");
      }
      references++;
    }
    QuiverConnection connection;
    try {
      connection = driver.connect(url, all);
    } catch (SQLException | RuntimeException e) {
      release();
      throw e;
    }
    String schema = all.get(ConnectionProperty.SCHEMA.propertyName());
    if (schema != null) {
      try {
        connection.setSchema(schema);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
    }
    return connection;
  }

  /** Gives up one reference. */
  @Override
  public void close() {
    release();
  }

  private void release() {
    synchronized (SHARED) {
      if (references == 0 || --references > 0) {
        return;
      }
      if (key != null) {
        SHARED.remove(key);
      }
      // Under the lock: whoever opens the directory next must find its files released.
      parts.close();
    }
  }
}
