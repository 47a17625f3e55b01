package io.quiver.jdbc;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A property of a connection that the driver itself reads. Any other is a setting of the session,
 * such as {@code ef_search}, and the database knows its name or refuses it.
 */
public enum ConnectionProperty {
  USER(null, "Who connects. A database in the process is its administrator's."),
  PASSWORD(null, "Password of the user; not looked at in the process."),
  SCHEMA("public", "Schema in which names without one are looked up."),
  FETCH_SIZE("100", "Rows that travel together from a server, unless a statement says otherwise."),
  API_KEY(null, "Key that proves who connects to a server, in place of user and password."),
  SSL("false", "Whether to speak TLS to a server: true, false, or unverified to trust anybody."),
  SSL_ROOT_CERT(null, "PEM file of certificates to trust, in place of those that Java trusts."),
  CONNECT_TIMEOUT("10", "Seconds to wait for a server to take a connection."),
  SOCKET_TIMEOUT("0", "Seconds to wait for a server's answer; 0 for as long as it takes."),
  VECTOR_FORMAT("text", "How a server sends vectors: text or base64; this driver asks for base64."),
  COLUMNS(
      "always",
      "When a server describes the columns of a prepared statement: always, with each result, or"
          + " once, when it prepares it; this driver asks for once.");

  private final @Nullable String defaultValue;
  private final String description;

  ConnectionProperty(@Nullable String defaultValue, String description) {
    this.defaultValue = defaultValue;
    this.description = description;
  }

  /** As it is written in a URL. */
  public String propertyName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What holds where it is not given. */
  public @Nullable String defaultValue() {
    return defaultValue;
  }

  /** A sentence for users. */
  public String description() {
    return description;
  }

  /** The property of that name, in any case of letters. */
  public static Optional<ConnectionProperty> named(String name) {
    return Arrays.stream(values()).filter(p -> p.propertyName().equalsIgnoreCase(name)).findFirst();
  }
}
