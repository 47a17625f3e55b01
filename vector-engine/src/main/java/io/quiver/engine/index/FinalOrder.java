package io.quiver.engine.index;

import io.quiver.engine.kernel.ExactDistance;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.DistanceMetric;

/** Turns candidates into the answer: exact distances, sorted, cut to k. Used by one thread. */
public final class FinalOrder {
  /**
   * How many more candidates than k to hand over, so that rounding of ranks in single precision
   * does not decide who is in.
   */
  public static final int MARGIN = 16;

  /** Of a rank near 1, or of a sum of as many squares: what single precision may be wrong by. */
  private static final float ROUNDING = 1e-4f;

  private final ExactDistance distance;
  private final DistanceMetric metric;
  private double[] distances = {};
  private int[] rows = {};

  public FinalOrder(VectorRows vectors, DistanceMetric metric) {
    this.distance = new ExactDistance(vectors, metric);
    this.metric = metric;
  }

  /**
   * The nearest {@code k} of the first {@code given} candidates.
   *
   * @param keys candidates, nearest first by rank of full vectors, equal ranks by lower row
   */
  public NearestRows of(float[] query, long[] keys, int given, int k, SearchEffort effort) {
    int count = within(keys, given, k);
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

  /** How many of the candidates may be among the nearest {@code k}, if ranks are rounded. */
  private int within(long[] keys, int count, int k) {
    if (count <= k) {
      return count;
    }
    float last = RankKey.rank(keys[k - 1]);
    float beyond =
        switch (metric) {
          case COSINE -> last + ROUNDING;
          case L2, L1 -> last + ROUNDING * last;
          case INNER_PRODUCT -> Float.POSITIVE_INFINITY; // It may have cancelled out.
        };
    int left = count;
    while (left > k && RankKey.rank(keys[left - 1]) > beyond) {
      left--;
    }
    return left;
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
