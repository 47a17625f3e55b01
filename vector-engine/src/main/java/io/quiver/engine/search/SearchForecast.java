package io.quiver.engine.search;

import java.util.List;
import java.util.Set;

/**
 * What the engine expects of a search.
 *
 * @param selectivity share of rows expected to qualify, 0 to 1
 * @param modes expected mode of each segment
 * @param approximate whether some segment would be walked by its graph
 * @param reason why no index is used, empty where one is
 * @param shards the shards that would take part
 */
public record SearchForecast(
    double selectivity,
    List<String> modes,
    boolean approximate,
    String reason,
    Set<Integer> shards) {
  public SearchForecast {
    modes = List.copyOf(modes);
    shards = Set.copyOf(shards);
  }
}
