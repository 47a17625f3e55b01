package io.quiver.engine.index.hnsw;

import io.quiver.engine.kernel.RowScorer;

/**
 * When a walk over all rows ends.
 *
 * <p>A walk that keeps ef candidates follows the links of all of them, as many for a query whose
 * neighbours are easy to find as for one whose are not. So a walk ends instead where the nearest
 * node not yet followed is {@code stretch} times as far as the k-th nearest found: then an easy
 * query takes fewer steps, and a hard one more (Al-Jazzazi and others, 2025, arXiv 2505.15636). The
 * stretch is what lies between the k-th and the ef-th neighbour of a row of this graph ({@link
 * GraphSpread}), so that on average the effort is that of ef candidates.
 *
 * @param stepsLeast steps before it may end so
 * @param stepsMost steps after which it ends at the latest
 * @param k neighbours wanted
 * @param shortlist neighbours that are to be ranked again, and therefore kept
 * @param stretch at least 1, infinite for a walk that follows the links of all it keeps
 */
record WalkEnd(int stepsLeast, int stepsMost, int k, int shortlist, float stretch) {
  /** Where the links of all nodes kept have been followed. */
  static final WalkEnd ALL_FOLLOWED = after(Integer.MAX_VALUE);

  /** Hard queries keep so many times as many candidates. */
  static final int WIDENING = 4;

  /** Easy ones follow at least one in so many. */
  private static final int NARROWING = 4;

  /**
   * What of a graph's spread makes the mean effort that of ef candidates: hard queries spend more
   * than easy ones save. Measured on sentence embeddings.
   */
  private static final double QUERIES = .75;

  /** Where the links of so many nodes have been followed. */
  static WalkEnd after(int steps) {
    int never = Integer.MAX_VALUE;
    return new WalkEnd(never, steps, never, never, Float.POSITIVE_INFINITY);
  }

  /** By distance, at about the effort of {@code ef} candidates. */
  static WalkEnd byDistance(int k, int ef, int shortlist, float spread) {
    float stretch = (float) Math.pow((double) ef / k, QUERIES * spread);
    return new WalkEnd(Math.max(k, ef / NARROWING), Integer.MAX_VALUE, k, shortlist, stretch);
  }

  /**
   * Where only some rows qualify.
   *
   * @param passed nodes followed to find as many that qualify as are wanted, at least 1
   * @param beyond further candidates at whose effort it is to end
   * @param spread of the graph; without one it ends by count
   */
  static WalkEnd beyond(int passed, int beyond, float spread) {
    if (spread <= 0) {
      return after(passed + beyond);
    }
    float stretch = (float) Math.pow((double) (passed + beyond) / passed, QUERIES * spread);
    int most = passed + WIDENING * beyond;
    return new WalkEnd(passed + beyond / NARROWING, most, passed, passed, stretch);
  }

  /** The rank beyond which links are not followed. */
  float farthest(RowScorer scorer, NearestPool pool) {
    return pool.size() < k ? Float.POSITIVE_INFINITY : farthest(scorer, pool.rank(k - 1));
  }

  /** The same by the rank of the k-th nearest that qualifies. */
  float farthest(RowScorer scorer, float wanted) {
    return scorer.stretched(wanted, stretch);
  }

  /** The rank beyond which nodes are not kept. */
  float kept(NearestPool pool, float farthest) {
    int needed = Math.max(shortlist, stepsLeast);
    return pool.size() < needed
        ? Float.POSITIVE_INFINITY
        : Math.max(farthest, pool.rank(needed - 1));
  }
}
