package io.quiver.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * One half of the driver: in this process, or over the network.
 *
 * <p>Registered under {@code META-INF/services/io.quiver.jdbc.ConnectionOpener} by the artifact
 * that brings it. Implementations have a public constructor without arguments and are safe for use
 * by many threads.
 */
public interface ConnectionOpener {
  /** Whether this half can open connections of such a URL. */
  boolean opens(JdbcUrl url);

  /**
   * Opens a connection.
   *
   * @param text the URL as it was written
   * @param properties of the URL and of the caller together, names in lower case
   */
  Connection open(JdbcUrl url, String text, Map<String, String> properties) throws SQLException;
}
