package io.quiver.jdbc;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A URL of Quiver, read.
 *
 * <pre>
 * jdbc:quiver::memory:              a database of this connection alone
 * jdbc:quiver::memory:name          a database in memory that the process shares
 * jdbc:quiver:./data                a directory
 * jdbc:quiver://host:port/schema    a server; several hosts are separated by commas
 * </pre>
 *
 * <p>Each may end in {@code ?name=value&name=value}, values percent-encoded.
 */
public sealed interface JdbcUrl {
  /** What every URL of Quiver begins with. */
  String PREFIX = "jdbc:quiver:";

  /** The port of a server whose URL names none. */
  int DEFAULT_PORT = 8765;

  /** Properties after the question mark, by their names in lower case. */
  Map<String, String> properties();

  /** A database in memory: of one connection, or shared in the process by its name. */
  record Memory(Optional<String> name, Map<String, String> properties) implements JdbcUrl {}

  /** A database in a directory, opened in this process. */
  record Directory(Path path, Map<String, String> properties) implements JdbcUrl {}

  /** A database behind a server. */
  record Remote(List<Host> hosts, Optional<String> schema, Map<String, String> properties)
      implements JdbcUrl {
    public Remote {
      hosts = List.copyOf(hosts);
    }
  }

  /** A host and its port. */
  record Host(String name, int port) {}

  /** Whether the text is a URL of Quiver, right or wrong. */
  static boolean isQuivers(String url) {
    return url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /**
   * Reads a URL that {@link #isQuivers}.
   *
   * @throws SQLException with SQLSTATE 08001 saying what is wrong with it
   */
  static JdbcUrl parse(String url) throws SQLException {
    if (!isQuivers(url)) {
      throw invalid(url, "it does not begin with " + PREFIX);
    }
    String rest = url.substring(PREFIX.length());
    int question = rest.indexOf('?');
    String place = question < 0 ? rest : rest.substring(0, question);
    Map<String, String> properties =
        question < 0 ? Map.of() : properties(url, rest.substring(question + 1));
    if (place.startsWith("//")) {
      return remote(url, place.substring(2), properties);
    }
    if (place.startsWith(":memory:")) {
      String name = place.substring(":memory:".length());
      return new Memory(name.isEmpty() ? Optional.empty() : Optional.of(name), properties);
    }
    if (place.isBlank()) {
      throw invalid(url, "it names no directory; write jdbc:quiver:./data or jdbc:quiver::memory:");
    }
    return new Directory(directory(url, place), properties);
  }

  private static Path directory(String url, String place) throws SQLException {
    try {
      return place.equals("~") || place.startsWith("~/")
          ? Path.of(System.getProperty("user.home"), place.substring(1))
          : Path.of(place);
    } catch (InvalidPathException e) {
      throw invalid(url, "'" + place + "' is not the name of a directory: " + e.getReason());
    }
  }

  private static Remote remote(String url, String place, Map<String, String> properties)
      throws SQLException {
    int slash = place.indexOf('/');
    String hostList = slash < 0 ? place : place.substring(0, slash);
    String schema = slash < 0 ? "" : place.substring(slash + 1);
    if (hostList.isEmpty()) {
      throw invalid(url, "it names no host after '//'; for a directory leave the two slashes out");
    }
    List<Host> hosts = new ArrayList<>();
    for (String text : hostList.split(",", -1)) {
      hosts.add(host(url, text.trim()));
    }
    return new Remote(hosts, schema.isEmpty() ? Optional.empty() : Optional.of(schema), properties);
  }

  private static Host host(String url, String text) throws SQLException {
    int bracket = text.startsWith("[") ? text.indexOf(']') : -1;
    int colon = bracket >= 0 ? text.indexOf(':', bracket) : text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    if (name.isEmpty()) {
      throw invalid(url, "a host is missing");
    }
    if (colon < 0) {
      return new Host(name, DEFAULT_PORT);
    }
    String port = text.substring(colon + 1);
    try {
      int number = Integer.parseInt(port);
      if (number > 0 && number < 65_536) {
        return new Host(name, number);
      }
    } catch (NumberFormatException e) {
      // said below, as for a number that is no port
    }
    throw invalid(url, "'" + port + "' is not a port; ports are 1 to 65535");
  }

  private static Map<String, String> properties(String url, String text) throws SQLException {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String pair : text.split("[&;]")) {
      if (pair.isBlank()) {
        continue;
      }
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw invalid(url, "'" + pair + "' is not of the form name=value");
      }
      try {
        properties.put(
            pair.substring(0, equals).trim().toLowerCase(Locale.ROOT),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        throw invalid(url, "the value of '" + pair + "' is not percent-encoded text");
      }
    }
    return Map.copyOf(properties);
  }

  private static SQLException invalid(String url, String reason) {
    return SqlErrors.of("08001", 0, "Invalid URL " + url + ": " + reason, null);
  }
}
