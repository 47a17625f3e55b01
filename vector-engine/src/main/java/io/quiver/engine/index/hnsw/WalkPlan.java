package io.quiver.engine.index.hnsw;

import io.quiver.engine.index.SearchMode;

/**
 * Chooses how to search, by expected cost. The unit is one distance evaluation of a graph walk, its
 * share of following links included.
 *
 * <p>A scan reads codes in order and costs a fraction of that a row. A walk under a filter goes
 * through n rows to find k that qualify, and costs what one without a filter does that keeps as
 * many candidates more. How many n are depends on the query: rows near it may qualify more or less
 * often than the rest, so where a walk could pay, its start is looked at before it is chosen.
 */
final class WalkPlan {
  static final double SCAN_COST = 0.35;
  static final double EVALUATIONS_FIXED = 220;
  static final double EVALUATIONS_PER_CANDIDATE = 12;

  /** Candidates under a filter, times those without, for about the same recall. */
  private static final double SWEEP_CANDIDATES = 1.3;

  /** A filter leaves out what is near where the k-th qualifying row is so much farther down. */
  private static final int LEFT_OUT = 2;

  private static final double DEGREE = 16;
  private static final double LOG_ROWS = 17;

  /** A look at the start costs about a third of a short walk, so a walk has to promise more. */
  private static final double WORTH_A_LOOK = 1.5;

  /** A walk is chosen if it promises this much of a scan's cost, and given up at that much. */
  private static final double PROMISE = .6;

  private static final double PATIENCE = .75;

  /** How many rows the filter's share of all counts as, beside those looked at. */
  private static final int PRIOR_ROWS = 16;

  private final int nodes;
  private final int m;
  private final int qualifying;
  private final int k;
  private final int ef;

  /**
   * @param nodes of the graph
   * @param m its links a node
   * @param qualifying how many nodes qualify, at least 1
   * @param k rows wanted, at most those
   * @param ef candidates kept, at least k
   */
  WalkPlan(int nodes, int m, int qualifying, int k, int ef) {
    this.nodes = nodes;
    this.m = m;
    this.qualifying = qualifying;
    this.k = k;
    this.ef = ef;
  }

  /** What is best if it is not known where the query lies: a sweep only if its start agrees. */
  SearchMode mode() {
    if (qualifying == nodes) {
      return evaluations(ef) < scan() ? SearchMode.GRAPH : SearchMode.SCAN;
    }
    return WORTH_A_LOOK * evaluations(k + beyond(k)) < scan() ? SearchMode.SWEEP : SearchMode.SCAN;
  }

  /** What the way chosen costs, if rows near a query qualify as often as the rest. */
  double cost() {
    return switch (mode()) {
      case GRAPH -> evaluations(ef);
      case SWEEP -> evaluations(k + (double) beyond(k));
      case SCAN, TENANT_GRAPH, GRAPH_THEN_SCAN -> scan();
    };
  }

  /**
   * Whether to sweep after all.
   *
   * @param near rows near the query that were looked at
   * @param matched how many of them qualify
   */
  boolean sweeps(int near, int matched) {
    double share = (double) qualifying / nodes;
    double local = (matched + PRIOR_ROWS * share) / (near + PRIOR_ROWS);
    int n = (int) Math.min(nodes, Math.ceil(k / local));
    return evaluations(n + (double) beyond(n)) < PROMISE * scan();
  }

  /** Rows an unfiltered walk ranks. */
  private double evaluations(double candidates) {
    double logRows = Math.log(Math.max(2, nodes)) / Math.log(2);
    double perLink = m / DEGREE * logRows / LOG_ROWS;
    return perLink * (EVALUATIONS_FIXED + EVALUATIONS_PER_CANDIDATE * candidates);
  }

  private double scan() {
    return SCAN_COST * qualifying;
  }

  /** Rows wanted. */
  int k() {
    return k;
  }

  /**
   * How many candidates more a walk keeps that finds the k-th qualifying row at number n: the
   * larger n, the more of those before it are missed, most of all where the filter leaves out what
   * is near.
   */
  int beyond(int n) {
    if (qualifying == nodes) {
      return ef - k;
    }
    long further = n > LEFT_OUT * k * (double) nodes / qualifying ? 2L * (n - k) : n - k;
    return (int) Math.min(Integer.MAX_VALUE / 8, (long) (SWEEP_CANDIDATES * ef) - k + further);
  }

  /** Evaluations after which a filtered walk gives up for a scan. */
  long budget() {
    return (long) (PATIENCE * scan());
  }
}
