package io.quiver.engine.kernel;

import io.quiver.engine.schema.DistanceMetric;
import java.lang.foreign.MemorySegment;

/** Ranks full vectors. */
public final class VectorScorer extends RowScorer {
  private final VectorRows rows;
  private final DistanceMetric metric;
  private final RowKernels kernels;
  private final float[] query;
  private final long[] offsets = new long[BLOCK + SLACK];

  public VectorScorer(VectorRows rows, DistanceMetric metric) {
    this.rows = rows;
    this.metric = metric;
    this.kernels = DistanceKernels.best().rows(rows.element());
    this.query = new float[rows.dimension()];
  }

  @Override
  public void query(float[] vector) {
    System.arraycopy(vector, 0, query, 0, query.length);
    normalise();
  }

  @Override
  public void queryRow(int row) {
    kernels.decode(rows.chunk(row >>> rows.chunkShift()), rows.offset(row), query.length, query);
    normalise();
  }

  @Override
  public float stretched(float rank, float factor) {
    return switch (metric) {
      case COSINE -> factor * factor * (1 + rank) - 1;
      case L2 -> factor * factor * rank;
      case L1 -> factor * rank;
      case INNER_PRODUCT -> Float.POSITIVE_INFINITY;
    };
  }

  private void normalise() {
    if (metric == DistanceMetric.COSINE) {
      UnitVector.scale(query, query);
    }
  }

  @Override
  public void readAhead(int from, int count) {
    rows.readAhead(from, count);
  }

  @Override
  public void ranks(int[] ids, int count, float[] ranks) {
    int shift = rows.chunkShift();
    int from = 0;
    while (from < count) {
      int chunk = ids[from] >>> shift;
      int run = Math.min(BLOCK, count - from);
      int n = 0;
      while (n < run && ids[from + n] >>> shift == chunk) {
        offsets[n] = rows.offset(ids[from + n]);
        n++;
      }
      ranksOfChunk(rows.chunk(chunk), from, n, ranks);
      from += n;
    }
    if (metric == DistanceMetric.COSINE) {
      for (int i = 0; i < count; i++) {
        ranks[i] *= rows.inverseNorm(ids[i]);
      }
    }
  }

  private void ranksOfChunk(MemorySegment chunk, int from, int count, float[] ranks) {
    int dimension = query.length;
    switch (metric) {
      case L2 -> kernels.squaredL2s(query, chunk, offsets, count, dimension, ranks, from);
      case L1 -> kernels.l1s(query, chunk, offsets, count, dimension, ranks, from);
      case COSINE, INNER_PRODUCT -> {
        kernels.dots(query, chunk, offsets, count, dimension, ranks, from);
        for (int i = from; i < from + count; i++) {
          ranks[i] = -ranks[i];
        }
      }
    }
  }
}
