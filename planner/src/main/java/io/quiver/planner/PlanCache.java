package io.quiver.planner;

import io.quiver.sql.catalog.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans by the text they were made of, the schema it was read in, and the version of the catalog;
 * the least recently used go first. Bounded in entries and in characters of text. Safe for use by
 * many threads.
 */
public final class PlanCache {
  private final String name;
  private final int maxEntries;
  private final long maxCharacters;
  private final int maxText;
  private final Map<Key, PlannedStatement> plans = new LinkedHashMap<>(64, 0.75f, true);
  private long characters;
  private long hits;
  private long misses;
  private long evictions;

  /** What a plan depends on. */
  record Key(String sql, String schema, long catalogVersion, Optional<Principal> principal) {}

  /**
   * What it holds and what became of it.
   *
   * @param characters of the texts it is keyed by
   * @param evictions plans given up for want of room
   */
  public record Figures(
      int plans,
      int maxPlans,
      long characters,
      long maxCharacters,
      long hits,
      long misses,
      long evictions) {}

  /**
   * @param name for people
   * @param maxText longer statements are not kept: they are values rather than shapes
   */
  PlanCache(String name, int maxEntries, long maxCharacters, int maxText) {
    this.name = name;
    this.maxEntries = maxEntries;
    this.maxCharacters = maxCharacters;
    this.maxText = maxText;
  }

  synchronized @Nullable PlannedStatement find(Key key) {
    PlannedStatement known = plans.get(key);
    if (known == null) {
      misses++;
    } else {
      hits++;
    }
    return known;
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
      evictions++;
    }
  }

  public String name() {
    return name;
  }

  /** How it stands now. */
  public synchronized Figures figures() {
    return new Figures(
        plans.size(), maxEntries, characters, maxCharacters, hits, misses, evictions);
  }
}
