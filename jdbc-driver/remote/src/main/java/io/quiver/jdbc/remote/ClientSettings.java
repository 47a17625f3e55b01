package io.quiver.jdbc.remote;

import io.quiver.jdbc.ConnectionProperty;
import io.quiver.jdbc.JdbcUrl;
import io.quiver.jdbc.SqlErrors;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a URL and its properties say of a connection to a server.
 *
 * @param hosts tried in this order
 * @param user empty for a key
 * @param authorization the header that proves who connects; null for nobody
 * @param tls how to speak TLS
 * @param rootCertificates a PEM file to trust; null for those that Java trusts
 * @param session properties that the server makes the session of
 */
record ClientSettings(
    List<JdbcUrl.Host> hosts,
    String user,
    @Nullable String authorization,
    Tls tls,
    @Nullable String rootCertificates,
    int connectTimeoutSeconds,
    int socketTimeoutSeconds,
    @Nullable String schema,
    int fetchSize,
    Map<String, String> session) {
  /** What stands before a key, so that it may be given in the place of a password. */
  private static final String KEY_PREFIX = "qv_";

  /** How to speak TLS. */
  enum Tls {
    OFF,
    VERIFIED,
    UNVERIFIED
  }

  static ClientSettings of(JdbcUrl.Remote url, Map<String, String> properties) throws SQLException {
    Map<String, String> session = new LinkedHashMap<>();
    properties.forEach(
        (name, value) -> {
          if (ConnectionProperty.named(name).isEmpty()) {
            session.put(name, value);
          }
        });
    session.put(ConnectionProperty.VECTOR_FORMAT.propertyName(), "base64");
    session.put(ConnectionProperty.COLUMNS.propertyName(), "once");
    String user = text(properties, ConnectionProperty.USER);
    String password = text(properties, ConnectionProperty.PASSWORD);
    String key = text(properties, ConnectionProperty.API_KEY);
    if (key == null && password != null && password.startsWith(KEY_PREFIX)) {
      key = password;
    }
    return new ClientSettings(
        url.hosts(),
        user == null ? "" : user,
        authorization(user, password, key),
        tls(properties),
        text(properties, ConnectionProperty.SSL_ROOT_CERT),
        number(properties, ConnectionProperty.CONNECT_TIMEOUT),
        number(properties, ConnectionProperty.SOCKET_TIMEOUT),
        url.schema().orElse(text(properties, ConnectionProperty.SCHEMA)),
        number(properties, ConnectionProperty.FETCH_SIZE),
        session);
  }

  private static @Nullable String authorization(
      @Nullable String user, @Nullable String password, @Nullable String key) {
    if (key != null) {
      return "Bearer " + key;
    }
    if (user == null) {
      return null;
    }
    String both = user + ":" + (password == null ? "" : password);
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private static Tls tls(Map<String, String> properties) throws SQLException {
    String text = text(properties, ConnectionProperty.SSL);
    if (text == null) {
      return text(properties, ConnectionProperty.SSL_ROOT_CERT) == null ? Tls.OFF : Tls.VERIFIED;
    }
    switch (text) {
      case "false":
        return Tls.OFF;
      case "true":
        return Tls.VERIFIED;
      case "unverified":
        return Tls.UNVERIFIED;
      default:
        throw SqlErrors.of(
            "08001", 0, "Invalid property ssl=" + text + ": it is true, false or unverified", null);
    }
  }

  private static @Nullable String text(Map<String, String> properties, ConnectionProperty name) {
    return properties.get(name.propertyName());
  }

  private static int number(Map<String, String> properties, ConnectionProperty name)
      throws SQLException {
    String text = text(properties, name);
    try {
      int number = Integer.parseInt(text == null ? String.valueOf(name.defaultValue()) : text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number below zero
    }
    throw SqlErrors.of(
        "08001",
        0,
        "Invalid property " + name.propertyName() + "=" + text + ": it is a number from 0 on",
        null);
  }
}
