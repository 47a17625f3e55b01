package io.quiver.engine.index.hnsw;

import io.quiver.engine.index.NearestHeap;
import io.quiver.engine.index.QualifyingRows;
import io.quiver.engine.index.RankKey;
import io.quiver.engine.index.SearchMode;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.search.StopSignal;

/**
 * Best-first search on level 0 of which only qualifying rows are results.
 *
 * <p>A sweep goes through all rows and keeps those that qualify. Two hops (ACORN-1: Patel and
 * others, 2024, arXiv 2403.04871) go through qualifying rows only, and look past a neighbour that
 * does not qualify at its neighbours. What is near a query may qualify more or less often than the
 * rest: after some steps the walk compares, and changes to a sweep or gives up. It also gives up
 * when it has cost as much as it may. Used by one thread.
 */
final class FilteredWalk {
  private static final int STEPS_BETWEEN_CHECKS = 256;
  private static final int STEPS_BEFORE_PROBE = 16;
  private static final double CORRELATED = 2;
  private static final double ANTI_CORRELATED = 0.25;

  private final VisitedNodes visited = new VisitedNodes();
  private final CandidateHeap candidates = new CandidateHeap();
  private final LinkTable links;
  private final int[] neighbours;
  private final int[] found;
  private final float[] ranks;
  private QualifyingRows qualifying = new QualifyingRows();
  private SearchMode mode = SearchMode.SWEEP;
  private long followed;
  private long ranked;
  private long checked;
  private long matched;
  private long seen;

  FilteredWalk(LinkTable links) {
    this.links = links;
    int most = links.degree() * (links.degree() + 1);
    this.neighbours = new int[links.degree()];
    this.found = new int[most];
    this.ranks = new float[most + RowScorer.SLACK];
  }

  /**
   * Offers to {@code nearest} the qualifying rows around {@code start}.
   *
   * @param rows of the graph
   * @param wanted {@link SearchMode#SWEEP} or {@link SearchMode#TWO_HOP}
   * @param budget evaluations at most
   * @return whether the walk came to its end
   */
  boolean run(
      RowScorer scorer,
      QualifyingRows filter,
      int rows,
      int start,
      SearchMode wanted,
      long budget,
      NearestHeap nearest,
      StopSignal stop) {
    qualifying = filter;
    mode = wanted;
    followed = 0;
    ranked = 0;
    checked = 0;
    matched = 0;
    seen = 0;
    visited.clear(rows);
    candidates.clear();
    visited.add(start);
    found[0] = start;
    rankAndOffer(scorer, 1, nearest);
    double share = (double) filter.cardinality() / rows;
    while (!candidates.isEmpty()) {
      long key = candidates.takeNearest();
      if (key > nearest.bound()) {
        return true;
      }
      if (++followed % STEPS_BETWEEN_CHECKS == 0) {
        stop.check();
      }
      int row = RankKey.row(key);
      if (followed <= STEPS_BEFORE_PROBE) {
        probe(row);
      }
      int count = mode == SearchMode.SWEEP ? visited.addLinks(links, row, found) : twoHops(row);
      rankAndOffer(scorer, count, nearest);
      if (ranked > budget || (followed == STEPS_BEFORE_PROBE && excluded(share))) {
        return false;
      }
    }
    return true;
  }

  /** Whether the filter leaves out the surroundings; where it favours them, sweeps from here on. */
  private boolean excluded(double share) {
    double near = (double) matched / Math.max(1, seen);
    if (near > CORRELATED * share) {
      mode = SearchMode.SWEEP;
    }
    return near < ANTI_CORRELATED * share;
  }

  /** Counts how many of all neighbours qualify, those visited before included. */
  private void probe(int row) {
    int count = links.count(row);
    for (int i = 0; i < count; i++) {
      matched += qualifies(links.link(row, i)) ? 1 : 0;
    }
    seen += count;
    checked += count;
  }

  private boolean qualifies(int row) {
    return qualifying.everyRow() || qualifying.contains(row);
  }

  private int twoHops(int row) {
    int around = visited.addLinks(links, row, neighbours);
    int count = 0;
    checked += around;
    for (int i = 0; i < around; i++) {
      int neighbour = neighbours[i];
      if (qualifying.contains(neighbour)) {
        found[count++] = neighbour;
      } else {
        count = qualifyingBeyond(neighbour, count);
      }
    }
    return count;
  }

  /** Adds neighbours of a row that does not qualify; those that do not either stay unvisited. */
  private int qualifyingBeyond(int row, int from) {
    int count = from;
    for (int i = 0; i < links.degree(); i++) {
      int to = links.link(row, i);
      if (to < 0) {
        break;
      }
      checked++;
      if (qualifying.contains(to) && visited.add(to)) {
        found[count++] = to;
      }
    }
    return count;
  }

  private void rankAndOffer(RowScorer scorer, int count, NearestHeap nearest) {
    scorer.ranks(found, count, ranks);
    ranked += count;
    // Of two hops all that is found qualifies, but for the start.
    boolean test = mode == SearchMode.SWEEP || followed == 0;
    checked += test ? count : 0;
    for (int i = 0; i < count; i++) {
      long key = RankKey.of(ranks[i], found[i]);
      if (key < nearest.bound()) {
        candidates.add(key);
        if (!test || qualifies(found[i])) {
          nearest.offer(key);
        }
      }
    }
  }

  /** How the last walk ended up going. */
  SearchMode mode() {
    return mode;
  }

  long followed() {
    return followed;
  }

  long ranked() {
    return ranked;
  }

  long checked() {
    return checked;
  }
}
