package io.quiver.engine.search;

import java.util.List;

/**
 * What a search did, for EXPLAIN ANALYZE.
 *
 * @param qualifying rows the filter admits, where it was counted; -1 where not
 * @param visited graph nodes or posting entries looked at
 * @param distanceEvaluations distances computed, codes and full vectors together
 * @param filterChecks rows on which a condition was tested one by one
 * @param modes how each segment was searched, such as {@code scan}, {@code graph}, {@code sweep}
 * @param shards how many shards took part
 */
public record SearchStatistics(
    long qualifying,
    long visited,
    long distanceEvaluations,
    long filterChecks,
    List<String> modes,
    int shards) {
  public SearchStatistics {
    modes = List.copyOf(modes);
  }
}
