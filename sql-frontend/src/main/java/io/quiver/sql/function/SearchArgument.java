package io.quiver.sql.function;

import java.util.List;

/**
 * An argument of a search in FROM, in the order in which {@link SearchFunction} takes them after
 * the rewrite; users write the first five in this order, or all by name, and the rest as options.
 */
public enum SearchArgument implements NamedArgument {
  /** The rows searched: a table, or a sub-query over one. */
  DATA(0, List.of("data", "search_table", "table_name")),
  /** The name of the column searched. */
  COLUMN(1, List.of("col", "column_to_search")),
  /** The vector searched for. */
  QUERY(2, List.of("query", "column_to_query")),
  /** How many rows. */
  TOP_K(3, List.of("top_k", "k")),
  /** The distance, where it is not the index's. */
  METRIC(4, List.of("metric")),
  /** Candidates kept during a graph walk. */
  EF_SEARCH(5, List.of("ef_search", "ef", "hnsw.ef_search")),
  /** Whether to compare every qualifying row. */
  EXACT(6, List.of("exact")),
  /** {@code auto} or {@code pre}: WHERE is part of the search; {@code post}: it comes after. */
  FILTER_MODE(7, List.of("filter_mode")),
  /** Only rows at most this far. */
  MAX_DISTANCE(8, List.of("max_distance")),
  /** Only rows with at least this score. */
  MIN_SCORE(9, List.of("min_score")),
  /** Share of the nearest to be found, from which the candidates are learnt. */
  TARGET_RECALL(10, List.of("target_recall")),
  /** Set by the rewrite: which query block the call stands in, and where. */
  ORIGIN(11, List.of()),
  /** Set by the rewrite: whether the data are the result of another search. */
  OVER_SEARCH(12, List.of());

  private final int position;
  private final List<String> names;

  SearchArgument(int position, List<String> names) {
    this.position = position;
    this.names = names;
  }

  /** Its place among the operands of a call, from 0. */
  public int position() {
    return position;
  }

  @Override
  public List<String> names() {
    return names;
  }

  /** Whether it may stand by position or name outside the options. */
  public boolean isDirect() {
    return position <= METRIC.position;
  }
}
