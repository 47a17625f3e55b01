package io.quiver.engine.index;

import io.quiver.engine.kernel.ExactDistance;

/** Turns candidates into the answer: exact distances, sorted, cut to k. Used by one thread. */
public final class FinalOrder {
  /**
   * How many more candidates than k to hand over, so that rounding of ranks in single precision
   * does not decide who is in.
   */
  public static final int MARGIN = 16;

  private final ExactDistance distance;
  private double[] distances = {};
  private int[] rows = {};

  public FinalOrder(ExactDistance distance) {
    this.distance = distance;
  }

  /**
   * The nearest {@code k} of the first {@code count} candidates.
   *
   * @param keys candidates, nearest first by rank, equal ranks by lower row
   */
  public NearestRows of(float[] query, long[] keys, int count, int k, SearchEffort effort) {
    distance.query(query);
    if (rows.length < count) {
      rows = new int[count];
      distances = new double[count];
    }
    for (int i = 0; i < count; i++) {
      insert(i, RankKey.row(keys[i]));
    }
    int size = Math.min(k, count);
    int[] nearest = new int[size];
    double[] theirs = new double[size];
    System.arraycopy(rows, 0, nearest, 0, size);
    System.arraycopy(distances, 0, theirs, 0, size);
    return new NearestRows(nearest, theirs, effort);
  }

  /** Insertion sort: candidates come almost in order. */
  private void insert(int at, int row) {
    double value = distance.to(row);
    while (at > 0 && isNearer(value, row, at - 1)) {
      distances[at] = distances[at - 1];
      rows[at] = rows[at - 1];
      at--;
    }
    distances[at] = value;
    rows[at] = row;
  }

  private boolean isNearer(double value, int row, int than) {
    return value < distances[than] || (value == distances[than] && row < rows[than]);
  }
}
