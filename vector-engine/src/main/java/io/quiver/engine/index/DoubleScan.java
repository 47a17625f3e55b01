package io.quiver.engine.index;

import io.quiver.engine.kernel.ExactDistance;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.DistanceMetric;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Compares the query with every qualifying row in double precision: some ten times as slow as a
 * scan, and right where single precision is not, since sums of large numbers overflow and those of
 * small ones vanish.
 */
public final class DoubleScan {
  private static final int ROWS_BETWEEN_CHECKS = 1024;

  private final VectorRows vectors;
  private final DistanceMetric metric;

  private record Near(int row, double distance) {}

  /** Nearest first, equal distances by lower row. */
  private static final Comparator<Near> ORDER =
      Comparator.comparingDouble(Near::distance).thenComparingInt(Near::row);

  public DoubleScan(VectorRows vectors, DistanceMetric metric) {
    this.vectors = vectors;
    this.metric = metric;
  }

  /**
   * Whether ranks in single precision do not tell which rows are nearest.
   *
   * @param keys the nearest, sorted by their ranks
   * @param count how many there are
   */
  public boolean isNeeded(float[] query, long[] keys, int count) {
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(RankKey.rank(keys[i]))) {
        return true;
      }
    }
    return count > 0 && metric != DistanceMetric.COSINE && hasVanished(query, keys[count - 1]);
  }

  /** Rows at distance 0 are so in any precision; what is only near it is not told apart. */
  private boolean hasVanished(float[] query, long key) {
    if (Math.abs(RankKey.rank(key)) >= Float.MIN_NORMAL) {
      return false;
    }
    return distance(query).to(RankKey.row(key)) != 0;
  }

  private ExactDistance distance(float[] query) {
    ExactDistance distance = new ExactDistance(vectors, metric);
    distance.query(query);
    return distance;
  }

  /**
   * The nearest {@code query.k()} of the qualifying rows.
   *
   * @param from the first row searched
   * @param to the row after the last one searched
   */
  public NearestRows search(DenseQuery query, QualifyingRows qualifying, int from, int to) {
    ExactDistance distance = distance(query.vector());
    PriorityQueue<Near> nearest = new PriorityQueue<>(ORDER.reversed());
    long compared = 0;
    for (int row = from; row < to; row++) {
      if ((row - from) % ROWS_BETWEEN_CHECKS == 0) {
        query.stop().check();
      }
      if ((qualifying.everyRow() || qualifying.contains(row)) && !vectors.isNull(row)) {
        offer(nearest, new Near(row, distance.to(row)), query.k());
        compared++;
      }
    }
    int[] rows = new int[nearest.size()];
    double[] distances = new double[rows.length];
    for (int i = rows.length - 1; i >= 0; i--) {
      Near farthest = nearest.remove();
      rows[i] = farthest.row;
      distances[i] = farthest.distance;
    }
    return new NearestRows(
        rows, distances, new SearchEffort(SearchMode.SCAN, compared, 0, compared, 0));
  }

  private static void offer(PriorityQueue<Near> nearest, Near near, int most) {
    if (nearest.size() < most) {
      nearest.add(near);
    } else if (ORDER.compare(near, nearest.element()) < 0) {
      nearest.remove();
      nearest.add(near);
    }
  }
}
