package io.quiver.engine.index.multivector;

import java.util.Arrays;

/** Scores one row at a time, in memory that is used again for the next. For one thread. */
final class MaxSimScorer {
  /** Components converted at a time: they stay in the second-level cache. */
  private static final int CHUNK_COMPONENTS = 16_384;

  private final MultiVectorRows rows;
  private final MaxSimQuery query;
  private final int chunkTokens;
  private final float[] tokens;
  private final float[] inverseLengths;
  private final float[] largest;

  MaxSimScorer(MultiVectorRows rows, MaxSimQuery query) {
    this.rows = rows;
    this.query = query;
    this.chunkTokens = Math.max(4, CHUNK_COMPONENTS / query.dimension());
    this.tokens = new float[chunkTokens * query.dimension()];
    this.inverseLengths = new float[chunkTokens];
    this.largest = new float[query.groups() * query.kernels().lanes()];
  }

  /** The row's MaxSim; NaN where it has no tokens. */
  double score(int row) {
    int count = rows.tokens(row);
    if (count == 0) {
      return Double.NaN;
    }
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    for (int first = 0; first < count; first += chunkTokens) {
      raise(row, first, Math.min(chunkTokens, count - first));
    }
    double sum = 0;
    for (int i = 0; i < query.rows(); i++) {
      sum += largest[i];
    }
    return sum;
  }

  private void raise(int row, int first, int count) {
    long offset = rows.offset(row) + (long) Short.BYTES * first * query.dimension();
    query
        .kernels()
        .read(rows.segment(row), offset, count, query.dimension(), tokens, inverseLengths);
    query
        .kernels()
        .raise(
            query.transposed(),
            query.groups(),
            tokens,
            inverseLengths,
            count,
            query.dimension(),
            largest);
  }
}
