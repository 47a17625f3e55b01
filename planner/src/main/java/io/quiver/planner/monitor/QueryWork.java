package io.quiver.planner.monitor;

import io.quiver.engine.search.SearchStatistics;
import java.util.ArrayList;
import java.util.List;

/**
 * What one run of a query does, counted as it goes. For one thread, but the numbers of a run that
 * is over may be read by any.
 */
public final class QueryWork {
  private final List<Object> nodes = new ArrayList<>(1);
  private final List<SearchWork> searches = new ArrayList<>(1);
  private boolean readsTables;

  /** A stored table was read: the run is one of data, not of system tables alone. */
  public void readTable() {
    readsTables = true;
  }

  public boolean readsTables() {
    return readsTables;
  }

  /**
   * A search ended.
   *
   * @param node of the plan, the same object for each of its runs
   * @param rows how many it found
   * @param nanos how long the engine took
   */
  @SuppressWarnings("ReferenceEquality") // two searches that look the same are counted apart
  public void searched(Object node, String label, int rows, long nanos, SearchStatistics did) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i) == node) {
        searches.get(i).ran(rows, nanos, did);
        return;
      }
    }
    SearchWork first = new SearchWork(label);
    first.ran(rows, nanos, did);
    nodes.add(node);
    searches.add(first);
  }

  /** Counts what a part of the run did that was counted apart, on another thread. */
  public void add(QueryWork part) {
    readsTables |= part.readsTables;
    nodes.addAll(part.nodes);
    searches.addAll(part.searches);
  }

  /** Each search of the plan that ran, in the order they began. */
  public List<SearchWork> searches() {
    return searches;
  }
}
