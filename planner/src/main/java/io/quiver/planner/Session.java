package io.quiver.planner;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What one connection has set. For one thread at a time.
 *
 * <p>Settings are kept by their plain names: {@code ef_search}, not {@code hnsw.ef_search}.
 */
public final class Session {
  private final String user;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private String schema = "public";

  public Session(String user) {
    this.user = user;
  }

  public String user() {
    return user;
  }

  public String schema() {
    return schema;
  }

  public void useSchema(String name) {
    schema = name;
  }

  /** The value set for this session, if there is one. */
  public Optional<String> setting(String name) {
    return Optional.ofNullable(settings.get(plainName(name)));
  }

  public void set(String name, String value) {
    settings.put(plainName(name), value);
  }

  public void reset(String name) {
    settings.remove(plainName(name));
  }

  public void resetAll() {
    settings.clear();
  }

  /** All settings of this session, in the order they were made. */
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  private static String plainName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.substring(lower.lastIndexOf('.') + 1);
  }
}
