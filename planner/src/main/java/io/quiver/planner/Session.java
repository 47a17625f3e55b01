package io.quiver.planner;

import io.quiver.planner.monitor.LastQuery;
import io.quiver.sql.catalog.SystemTable;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one connection has set. For one thread at a time.
 *
 * <p>Settings are kept by their plain names: {@code ef_search}, not {@code hnsw.ef_search}.
 */
public final class Session implements SystemTable.Viewer {
  private final String user;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private String schema = "public";
  private volatile @Nullable LastQuery lastQuery;

  public Session(String user) {
    this.user = user;
  }

  @Override
  public String user() {
    return user;
  }

  public String schema() {
    return schema;
  }

  public void useSchema(String name) {
    schema = name;
  }

  /** The last query that read a stored table and is over. */
  public Optional<LastQuery> lastQuery() {
    return Optional.ofNullable(lastQuery);
  }

  void ended(LastQuery query) {
    lastQuery = query;
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
