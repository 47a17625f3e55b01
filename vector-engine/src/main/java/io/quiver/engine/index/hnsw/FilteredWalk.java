package io.quiver.engine.index.hnsw;

import io.quiver.engine.index.NearestHeap;
import io.quiver.engine.index.QualifyingRows;
import io.quiver.engine.index.RankKey;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.search.StopSignal;

/**
 * Best-first search on level 0 through all rows, of which only qualifying ones are results: a
 * sweep.
 *
 * <p>Where the k-th qualifying row is the n-th of all, a walk that is to find it has to find n
 * rows, and follows as many links beyond them as one without a filter does beyond its k: it ends as
 * {@link WalkEnd} tells. How large n is, is seen when the walk comes to the k-th: it depends on
 * whether the filter favours what is near the query. Used by one thread.
 */
final class FilteredWalk {
  private static final int STEPS_BETWEEN_CHECKS = 256;

  private final VisitedNodes visited = new VisitedNodes();
  private final CandidateHeap candidates = new CandidateHeap();
  private final NearestHeap wanted = new NearestHeap();
  private final LinkTable links;
  private final int[] found;
  private final float[] ranks;
  private QualifyingRows qualifying = new QualifyingRows();
  private long followed;
  private long ranked;
  private long checked;

  FilteredWalk(LinkTable links) {
    this.links = links;
    this.found = new int[links.degree()];
    this.ranks = new float[links.degree() + RowScorer.SLACK];
  }

  /**
   * Offers to {@code nearest} the qualifying rows around {@code start}.
   *
   * @param rows of the graph
   * @param start it begins at
   * @param plan how many rows are wanted, and candidates kept beyond them
   * @param spread of the graph, 0 where it ends by count
   * @param budget evaluations at most
   * @return whether the walk came to its end
   */
  boolean run(
      RowScorer scorer,
      QualifyingRows filter,
      int rows,
      int start,
      WalkPlan plan,
      float spread,
      long budget,
      NearestHeap nearest,
      StopSignal stop) {
    qualifying = filter;
    followed = 0;
    ranked = 0;
    checked = 0;
    visited.clear(rows);
    candidates.clear();
    wanted.reset(plan.k());
    visited.add(start);
    found[0] = start;
    rankAndOffer(scorer, 1, nearest, Float.POSITIVE_INFINITY);
    WalkEnd end = WalkEnd.ALL_FOLLOWED;
    boolean passed = false;
    float farthest = Float.POSITIVE_INFINITY;
    float kept = Float.POSITIVE_INFINITY;
    while (!candidates.isEmpty()) {
      long key = candidates.takeNearest();
      if (!passed && key > wanted.bound()) {
        passed = true;
        int n = (int) Math.max(plan.k(), followed);
        end = WalkEnd.beyond(n, plan.beyond(n), spread);
      }
      if (passed) {
        farthest = end.farthest(scorer, RankKey.rank(wanted.bound()));
        if (followed >= end.stepsMost()
            || (followed >= end.stepsLeast() && RankKey.rank(key) > farthest)) {
          return true;
        }
        kept = followed >= end.stepsLeast() ? farthest : kept;
      }
      if (++followed % STEPS_BETWEEN_CHECKS == 0) {
        stop.check();
      }
      int count = visited.addLinks(links, RankKey.row(key), found);
      rankAndOffer(scorer, count, nearest, kept);
      if (ranked > budget) {
        return false;
      }
    }
    return true;
  }

  private void rankAndOffer(RowScorer scorer, int count, NearestHeap nearest, float kept) {
    scorer.ranks(found, count, ranks);
    ranked += count;
    boolean all = qualifying.everyRow();
    checked += all ? 0 : count;
    for (int i = 0; i < count; i++) {
      if (ranks[i] <= kept) {
        long key = RankKey.of(ranks[i], found[i]);
        candidates.add(key);
        if (key < nearest.bound() && (all || qualifying.contains(found[i]))) {
          nearest.offer(key);
          wanted.offer(key);
        }
      }
    }
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
