package io.quiver.engine.index;

import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.search.StopSignal;

/** Ranks every qualifying row and keeps the nearest. Used by one thread. */
public final class VectorScan {
  private static final int BATCH = 64;
  private static final int BATCHES_BETWEEN_CHECKS = 32;

  private final VectorRows vectors;
  private final int[] batch = new int[BATCH];
  private final float[] ranks = new float[BATCH + RowScorer.SLACK];
  private float sum;

  public VectorScan(VectorRows vectors) {
    this.vectors = vectors;
  }

  /**
   * Offers to {@code nearest} all rows of {@code qualifying} below {@code rows} that have a vector.
   */
  public void run(
      RowScorer scorer, QualifyingRows qualifying, int rows, NearestHeap nearest, StopSignal stop) {
    reset();
    if (qualifying.everyRow()) {
      scanAll(scorer, rows, nearest, stop);
    } else {
      scanSome(scorer, qualifying, nearest, stop);
    }
  }

  /** Forgets the last run. */
  public void reset() {
    sum = 0;
  }

  /** Whether a rank of the last run was infinite or no number. */
  public boolean overflowed() {
    return sum != 0;
  }

  private void scanAll(RowScorer scorer, int rows, NearestHeap nearest, StopSignal stop) {
    for (int from = 0; from < rows; from += BATCH) {
      int count = Math.min(BATCH, rows - from);
      for (int i = 0; i < count; i++) {
        batch[i] = from + i;
      }
      if ((from / BATCH) % BATCHES_BETWEEN_CHECKS == 0) {
        stop.check();
        scorer.readAhead(from, Math.min(BATCH * BATCHES_BETWEEN_CHECKS, rows - from));
      }
      offer(scorer, count, nearest);
    }
  }

  private void scanSome(
      RowScorer scorer, QualifyingRows qualifying, NearestHeap nearest, StopSignal stop) {
    long[] words = qualifying.words();
    int count = 0;
    int batches = 0;
    for (int word = 0; word < qualifying.wordCount(); word++) {
      for (long bits = words[word]; bits != 0; bits &= bits - 1) {
        batch[count++] = (word << 6) + Long.numberOfTrailingZeros(bits);
        if (count == BATCH) {
          offer(scorer, count, nearest);
          count = 0;
          if (++batches % BATCHES_BETWEEN_CHECKS == 0) {
            stop.check();
          }
        }
      }
    }
    offer(scorer, count, nearest);
  }

  private void offer(RowScorer scorer, int count, NearestHeap nearest) {
    scorer.ranks(batch, count, ranks);
    for (int i = 0; i < count; i++) {
      // No number as soon as one is infinite or none itself, without a branch.
      sum += 0 * ranks[i];
      long key = RankKey.of(ranks[i], batch[i]);
      if (key < nearest.bound() && !vectors.isNull(batch[i])) {
        nearest.offer(key);
      }
    }
  }
}
