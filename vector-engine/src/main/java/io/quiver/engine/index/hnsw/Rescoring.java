package io.quiver.engine.index.hnsw;

import io.quiver.engine.index.RankKey;
import io.quiver.engine.kernel.RowScorer;
import java.util.Arrays;

/**
 * Ranks candidates again by full vectors, nearest by codes first, until those left are beyond
 * reach: farther by codes than the k-th by full vectors, even if codes err with them as far as they
 * seldom do. How far codes err is seen from those ranked so far. Used by one thread.
 */
final class Rescoring {
  private static final int STEP = RowScorer.SLACK;

  /**
   * Beyond so many standard deviations of the codes' error nothing is looked for: those ranked
   * first have less than all.
   */
  private static final double SELDOM = 4;

  private final RowScorer full;
  private final int[] rows = new int[STEP];
  private final float[] ranks = new float[STEP + RowScorer.SLACK];
  private int count;
  private boolean settled;
  private double errors;
  private double squares;

  Rescoring(RowScorer full) {
    this.full = full;
  }

  /**
   * Replaces the first keys by those of full vectors, sorted.
   *
   * @param keys by codes, nearest first
   * @param most how many are ranked at most
   * @param k how many are wanted
   * @return how many were ranked, at least {@code k} if there are
   */
  int run(long[] keys, int most, int k) {
    count = 0;
    errors = 0;
    squares = 0;
    int least = Math.min(most, k + STEP / 2);
    while (count < least) {
      step(keys, Math.min(STEP, most - count));
    }
    float last = most == 0 ? 0 : RankKey.rank(keys[most - 1]);
    Arrays.sort(keys, 0, count);
    while (count < most && RankKey.rank(keys[count]) < reach(RankKey.rank(keys[k - 1]))) {
      step(keys, Math.min(STEP, most - count));
      Arrays.sort(keys, 0, count);
    }
    settled = count < most || most < k || last >= reach(RankKey.rank(keys[k - 1]));
    return count;
  }

  /** Whether rows that were not among those handed over would hardly be nearer than the k-th. */
  boolean settled() {
    return settled;
  }

  private void step(long[] keys, int n) {
    for (int i = 0; i < n; i++) {
      rows[i] = RankKey.row(keys[count + i]);
    }
    full.ranks(rows, n, ranks);
    for (int i = 0; i < n; i++) {
      double error = (double) ranks[i] - RankKey.rank(keys[count + i]);
      errors += error;
      squares += error * error;
      keys[count + i] = RankKey.of(ranks[i], rows[i]);
    }
    count += n;
  }

  /** The rank by codes beyond which hardly any row is nearer than this rank by full vectors. */
  private double reach(float rank) {
    double mean = errors / count;
    double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
    return rank - mean + SELDOM * deviation;
  }
}
