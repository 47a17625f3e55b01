package io.quiver.engine.index.hnsw;

import io.quiver.engine.index.SearchMode;

/**
 * Chooses how to search, by expected cost. The unit is one distance evaluation of a graph walk, its
 * share of following links included (some 70 ns for int8 codes of 384 components).
 *
 * <p>The constants come from measurements over selectivities from 50 % to 0.01 %, with filters
 * independent of the query, favouring its surroundings and excluding them: a scan reads rows in
 * order and costs under half as much a row; a sweep has to see {@code 0.6 / s} times as many rows
 * where a share s qualifies; two hops cost 4.5 times as many evaluations, and lose recall where few
 * rows qualify.
 */
final class WalkPlan {
  static final double SCAN_COST = 0.45;
  private static final double EVALUATIONS_FIXED = 220;
  private static final double EVALUATIONS_PER_CANDIDATE = 7.5;
  private static final double SWEEP_FACTOR = 0.6;
  private static final double TWO_HOP_FACTOR = 4.5;
  private static final double TWO_HOP_SHARE_LEAST = 0.09;
  private static final double DEGREE = 16;
  private static final double LOG_ROWS = 17;

  private final SearchMode mode;
  private final double scanCost;

  private WalkPlan(SearchMode mode, double scanCost) {
    this.mode = mode;
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
    double share = (double) qualifying / nodes;
    double sweep = walk * Math.max(1, SWEEP_FACTOR / share);
    double twoHop = share < TWO_HOP_SHARE_LEAST ? Double.POSITIVE_INFINITY : walk * TWO_HOP_FACTOR;
    SearchMode graphMode;
    if (qualifying == nodes) {
      graphMode = SearchMode.GRAPH;
    } else {
      graphMode = sweep <= twoHop ? SearchMode.SWEEP : SearchMode.TWO_HOP;
    }
    double graph = graphMode == SearchMode.GRAPH ? walk : 2 * Math.min(sweep, twoHop);
    return new WalkPlan(graph < scan ? graphMode : SearchMode.SCAN, scan);
  }

  /** Rows an unfiltered walk ranks. */
  static double evaluations(int nodes, int m, int ef) {
    double logRows = Math.log(Math.max(2, nodes)) / Math.log(2);
    return m / DEGREE * logRows / LOG_ROWS * (EVALUATIONS_FIXED + EVALUATIONS_PER_CANDIDATE * ef);
  }

  SearchMode mode() {
    return mode;
  }

  /** Evaluations after which a filtered walk gives up, so that the worst is 1.5 scans. */
  long budget() {
    return (long) (scanCost / 2);
  }
}
