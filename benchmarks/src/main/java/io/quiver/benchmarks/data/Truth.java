package io.quiver.benchmarks.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.lucene.util.VectorUtil;
import org.jspecify.annotations.Nullable;

/**
 * The exact answers, as the similarity that the k-th nearest row has to each query: a row found
 * counts if it is at least as near, so ties cost nobody recall. Computed with Lucene's arithmetic,
 * not with ours.
 */
public final class Truth {
  private static final float TIE = 1e-6f;

  private final VectorSet set;
  private final float[] least;
  private final int expected;

  private Truth(VectorSet set, float[] least, int expected) {
    this.set = set;
    this.least = least;
    this.expected = expected;
  }

  /**
   * Compares every query with every row.
   *
   * @param allowed the rows that qualify, null for all
   */
  public static Truth of(VectorSet set, int k, @Nullable BitSet allowed) throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    int rows = set.rows().count();
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<float[][]>> parts = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int from = (int) ((long) rows * t / threads);
        int to = (int) ((long) rows * (t + 1) / threads);
        parts.add(() -> best(set, k, allowed, from, to));
      }
      float[][] merged = new float[set.queries().length][];
      for (Future<float[][]> part : pool.invokeAll(parts)) {
        float[][] best = part.get();
        for (int q = 0; q < merged.length; q++) {
          merged[q] = merged[q] == null ? best[q] : largest(merged[q], best[q], k);
        }
      }
      int qualifying = allowed == null ? rows : allowed.cardinality();
      int expected = Math.min(k, qualifying);
      float[] least = new float[merged.length];
      for (int q = 0; q < least.length; q++) {
        least[q] = expected == 0 ? Float.POSITIVE_INFINITY : merged[q][k - expected];
      }
      return new Truth(set, least, expected);
    }
  }

  /** For each query its k largest similarities of some rows, ascending. */
  private static float[][] best(VectorSet set, int k, @Nullable BitSet allowed, int from, int to) {
    float[][] best = new float[set.queries().length][k];
    for (float[] some : best) {
      Arrays.fill(some, Float.NEGATIVE_INFINITY);
    }
    float[] vector = new float[set.dimension()];
    for (int row = from; row < to; row++) {
      if (allowed == null || allowed.get(row)) {
        set.rows().read(row, vector);
        for (int q = 0; q < best.length; q++) {
          insert(best[q], VectorUtil.dotProduct(set.queries()[q], vector));
        }
      }
    }
    return best;
  }

  private static void insert(float[] ascending, float value) {
    if (value > ascending[0]) {
      int i = 0;
      while (i + 1 < ascending.length && ascending[i + 1] < value) {
        ascending[i] = ascending[i + 1];
        i++;
      }
      ascending[i] = value;
    }
  }

  private static float[] largest(float[] a, float[] b, int k) {
    float[] all = Arrays.copyOf(a, 2 * k);
    System.arraycopy(b, 0, all, k, k);
    Arrays.sort(all);
    return Arrays.copyOfRange(all, k, 2 * k);
  }

  /** How many rows a full answer has: k, or all that qualify. */
  public int expected() {
    return expected;
  }

  /** How many of the rows found for a query belong to the answer; each row counts once. */
  public int right(int query, int[] found, int count) {
    float[] vector = new float[set.dimension()];
    int right = 0;
    for (int i = 0; i < count; i++) {
      boolean repeated = false;
      for (int j = 0; j < i; j++) {
        repeated |= found[j] == found[i];
      }
      set.rows().read(found[i], vector);
      if (!repeated && VectorUtil.dotProduct(set.queries()[query], vector) >= least[query] - TIE) {
        right++;
      }
    }
    return Math.min(right, expected);
  }
}
