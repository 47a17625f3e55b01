package io.quiver.planner.monitor;

import io.quiver.engine.search.SearchStatistics;
import java.util.LinkedHashSet;
import java.util.Set;

/** What one search of a statement did, over all times it was run. For one thread. */
public final class SearchWork {
  private final String search;
  private final Set<String> modes = new LinkedHashSet<>(2);
  private long runs;
  private long rows;
  private long nanos;
  private long qualifying = -1;
  private long visited;
  private long distances;
  private long checks;
  private int shards;

  SearchWork(String search) {
    this.search = search;
  }

  void ran(int found, long took, SearchStatistics statistics) {
    runs++;
    rows += found;
    nanos += took;
    qualifying = Math.max(qualifying, statistics.qualifying());
    visited += statistics.visited();
    distances += statistics.distanceEvaluations();
    checks += statistics.filterChecks();
    shards = Math.max(shards, statistics.shards());
    modes.addAll(statistics.modes());
  }

  /** As a plan writes it. */
  public String search() {
    return search;
  }

  /** How many times it was run: once, or once for each row of a lateral join. */
  public long runs() {
    return runs;
  }

  /** Rows found by all runs. */
  public long rows() {
    return rows;
  }

  /** Time of the engine alone. */
  public long nanos() {
    return nanos;
  }

  /** The most rows that met the condition in any run; -1 where nobody counted. */
  public long qualifying() {
    return qualifying;
  }

  public long visited() {
    return visited;
  }

  public long distanceEvaluations() {
    return distances;
  }

  public long filterChecks() {
    return checks;
  }

  public int shards() {
    return shards;
  }

  /** How segments were searched, each way once. */
  public Set<String> modes() {
    return modes;
  }
}
