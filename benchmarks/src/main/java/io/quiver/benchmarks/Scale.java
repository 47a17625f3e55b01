package io.quiver.benchmarks;

import io.quiver.benchmarks.measure.Rounds;

/** How much trouble a run takes. */
public enum Scale {
  /** Minutes: small sets, few rounds; for a look. */
  QUICK(new Rounds(3, 800, 60), 20_000, 200),
  /** An hour or so: docs60k whole. */
  STANDARD(new Rounds(5, 2_000, 150), 60_000, 500),
  /** Hours: generated sets of millions too. */
  FULL(new Rounds(7, 4_000, 300), 60_000, 500);

  private final Rounds rounds;
  private final int rows;
  private final int queries;

  Scale(Rounds rounds, int rows, int queries) {
    this.rounds = rounds;
    this.rows = rows;
    this.queries = queries;
  }

  /** How often things are timed. */
  public Rounds rounds() {
    return rounds;
  }

  /** Rows taken of docs60k. */
  public int rows() {
    return rows;
  }

  /** Queries of a generated set, and at most of docs60k. */
  public int queries() {
    return queries;
  }
}
