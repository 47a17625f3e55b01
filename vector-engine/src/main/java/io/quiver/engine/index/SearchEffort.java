package io.quiver.engine.index;

/**
 * What the search of one segment did.
 *
 * @param mode how it went about it
 * @param qualifying rows that could have been found
 * @param visited graph nodes whose links were followed
 * @param distanceEvaluations rows ranked, by codes and by full vectors together
 * @param filterChecks rows tested against the filter one by one
 */
public record SearchEffort(
    SearchMode mode, long qualifying, long visited, long distanceEvaluations, long filterChecks) {
  /** The same, gone about otherwise. */
  public SearchEffort in(SearchMode other) {
    return new SearchEffort(other, qualifying, visited, distanceEvaluations, filterChecks);
  }

  /** That of two searches of parts, the first of which says how it was gone about. */
  public SearchEffort plus(SearchEffort other) {
    return new SearchEffort(
        mode,
        qualifying + other.qualifying,
        visited + other.visited,
        distanceEvaluations + other.distanceEvaluations,
        filterChecks + other.filterChecks);
  }
}
