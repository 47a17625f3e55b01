package io.quiver.planner;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Plans by the text they were made of, the schema it was read in, and the version of the catalog;
 * the least recently used go first. Bounded in entries and in characters of text. Safe for use by
 * many threads.
 */
final class PlanCache {
  private final int maxEntries;
  private final long maxCharacters;
  private final int maxText;
  private final Map<Key, PlannedStatement> plans = new LinkedHashMap<>(64, 0.75f, true);
  private long characters;

  /** What a plan depends on. */
  record Key(String sql, String schema, long catalogVersion) {}

  /**
   * @param maxText longer statements are not kept: they are values rather than shapes
   */
  PlanCache(int maxEntries, long maxCharacters, int maxText) {
    this.maxEntries = maxEntries;
    this.maxCharacters = maxCharacters;
    this.maxText = maxText;
  }

  synchronized Optional<PlannedStatement> find(Key key) {
    return Optional.ofNullable(plans.get(key));
  }

  synchronized void put(Key key, PlannedStatement plan) {
    if (key.sql.length() > maxText || !plan.isCacheable()) {
      return;
    }
    if (plans.put(key, plan) == null) {
      characters += key.sql.length();
    }
    var eldest = plans.entrySet().iterator();
    while (plans.size() > maxEntries || characters > maxCharacters) {
      Map.Entry<Key, PlannedStatement> entry = eldest.next();
      characters -= entry.getKey().sql.length();
      eldest.remove();
    }
  }

  synchronized int size() {
    return plans.size();
  }
}
