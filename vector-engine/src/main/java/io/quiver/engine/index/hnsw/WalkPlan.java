package io.quiver.engine.index.hnsw;

import io.quiver.engine.index.SearchMode;

/**
 * Chooses how to search, by expected cost. The unit is one distance evaluation of a graph walk, its
 * share of following links included.
 *
 * <p>The constants were measured on 60,000 sentence embeddings of 384 components, with filters that
 * admit from 50 % to 2 % of the rows and favour the query's surroundings, leave them out, or know
 * nothing of them. A scan reads rows in order and costs half as much a row. A sweep sees {@code 0.8
 * / s} times as many rows where a share s qualifies, and keeps half as many candidates again, so
 * that its recall is above that of the unfiltered walk. Two hops cost 4.5 walks, keep recall only
 * with twice the candidates, and lose it where few rows qualify.
 */
final class WalkPlan {
  static final double SCAN_COST = 0.5;
  private static final double EVALUATIONS_FIXED = 220;
  private static final double EVALUATIONS_PER_CANDIDATE = 14;
  private static final double SWEEP_FACTOR = 0.8;
  private static final double SWEEP_CANDIDATES = 1.5;
  private static final double TWO_HOP_FACTOR = 4.5;
  private static final int TWO_HOP_CANDIDATES = 2;
  private static final double TWO_HOP_SHARE_LEAST = 0.09;
  private static final double DEGREE = 16;
  private static final double LOG_ROWS = 17;

  private final SearchMode mode;
  private final int candidates;
  private final double scanCost;

  private WalkPlan(SearchMode mode, int candidates, double scanCost) {
    this.mode = mode;
    this.candidates = candidates;
    this.scanCost = scanCost;
  }

  /**
   * @param nodes of the graph
   * @param m its links a node
   * @param qualifying how many nodes qualify, at least 1
   * @param ef candidates kept
   */
  static WalkPlan of(int nodes, int m, int qualifying, int ef) {
    double scan = SCAN_COST * qualifying;
    double walk = evaluations(nodes, m, ef);
    if (qualifying == nodes) {
      return new WalkPlan(walk < scan ? SearchMode.GRAPH : SearchMode.SCAN, ef, scan);
    }
    double share = (double) qualifying / nodes;
    int swept = (int) Math.min(qualifying, (long) (SWEEP_CANDIDATES * ef));
    double sweep = evaluations(nodes, m, swept) * Math.max(1, SWEEP_FACTOR / share);
    int more = (int) Math.min(qualifying, (long) TWO_HOP_CANDIDATES * ef);
    double twoHop =
        share < TWO_HOP_SHARE_LEAST
            ? Double.POSITIVE_INFINITY
            : TWO_HOP_FACTOR * evaluations(nodes, m, more);
    // A walk may be given up at half a scan's cost, so it has to promise less than that.
    if (2 * Math.min(sweep, twoHop) >= scan) {
      return new WalkPlan(SearchMode.SCAN, ef, scan);
    }
    return sweep <= twoHop
        ? new WalkPlan(SearchMode.SWEEP, swept, scan)
        : new WalkPlan(SearchMode.TWO_HOP, more, scan);
  }

  /** Rows an unfiltered walk ranks. */
  static double evaluations(int nodes, int m, int ef) {
    double logRows = Math.log(Math.max(2, nodes)) / Math.log(2);
    return m / DEGREE * logRows / LOG_ROWS * (EVALUATIONS_FIXED + EVALUATIONS_PER_CANDIDATE * ef);
  }

  SearchMode mode() {
    return mode;
  }

  /** Candidates to keep. */
  int candidates() {
    return candidates;
  }

  /** Evaluations after which a filtered walk gives up, so that the worst is 1.5 scans. */
  long budget() {
    return (long) (scanCost / 2);
  }
}
