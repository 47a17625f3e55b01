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
  FETCH_SIZE("100", "Rows that travel together from a server, unless a statement says otherwise.");

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
