package io.quiver.engine.quantize;

import io.quiver.engine.kernel.DistanceKernels;
import io.quiver.engine.kernel.RowKernels;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.kernel.UnitVector;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Ranks rows by their codes; the query keeps its precision.
 *
 * <p>The rank is {@code base + length(row) - factor * step(row) * product}. Under cosine and inner
 * product lengths are left out for queries, and under cosine the step is part of the query. Pairs
 * of rows under cosine are ranked by the distance of their residuals instead, which orders them
 * alike and does without the mean.
 */
public final class Int8Scorer extends RowScorer {
  private static final int LINE = 64;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Int8Codes codes;
  private final MemorySegment image;
  private final int dimension;
  private final RowKernels kernels = DistanceKernels.best().rows(VectorElement.INT8);
  private final @Nullable MemorySegment factors;
  private final boolean forPairs;
  private final float[] mean;
  private final float[] query;
  private final long[] offsets = new long[BLOCK + SLACK];
  private float factor;
  private float base;
  private int touched;

  private Int8Scorer(Int8Codes codes, @Nullable MemorySegment factors, boolean forPairs) {
    this.codes = codes;
    this.image = codes.image();
    this.dimension = codes.dimension();
    this.factors = factors;
    this.forPairs = forPairs;
    this.mean = codes.mean();
    this.query = new float[dimension];
  }

  /** Ranks rows against queries from outside. */
  public static Int8Scorer forQueries(Int8Codes codes) {
    return new Int8Scorer(codes, codes.factors(), false);
  }

  /** What all scorers of pairs share: a few bytes a row, in {@code arena}. */
  public static MemorySegment pairFactors(Int8Codes codes, Arena arena) {
    return codes.factorsForPairs(arena);
  }

  /** Ranks rows against rows. */
  public static Int8Scorer forPairs(Int8Codes codes, MemorySegment pairFactors) {
    return new Int8Scorer(codes, pairFactors, true);
  }

  /**
   * Sets the query.
   *
   * <p>Under cosine the mean stays in it: its product with a row's residual is part of the product
   * wanted, while the query's product with the mean is the same for all rows.
   */
  @Override
  public void query(float[] vector) {
    if (forPairs) {
      throw new IllegalStateException("This scorer ranks rows against rows");
    }
    base = 0;
    switch (codes.metric()) {
      case COSINE -> {
        UnitVector.scale(vector, query);
        factor = codes.commonStep();
      }
      case L2 -> {
        Int8Encoder.residual(DistanceMetric.L2, vector, mean, query);
        factor = 2;
      }
      case INNER_PRODUCT, L1 -> {
        System.arraycopy(vector, 0, query, 0, dimension);
        factor = 1;
      }
    }
  }

  @Override
  public void queryRow(int row) {
    if (!forPairs || factors == null) {
      throw new IllegalStateException("This scorer ranks rows against queries");
    }
    kernels.decode(image, codes.offset(row), dimension, query);
    float step = factors.get(FLOAT, 8L * row);
    base = factors.get(FLOAT, 8L * row + 4);
    factor = codes.metric() == DistanceMetric.INNER_PRODUCT ? step : 2 * step;
  }

  @Override
  public void ranks(int[] rows, int count, float[] ranks) {
    for (int from = 0; from < count; from += BLOCK) {
      int n = Math.min(BLOCK, count - from);
      for (int i = 0; i < n; i++) {
        offsets[i] = codes.offset(rows[from + i]);
      }
      touch(n);
      kernels.dots(query, image, offsets, n, dimension, ranks, from);
    }
    if (factors == null) {
      for (int i = 0; i < count; i++) {
        ranks[i] *= -factor;
      }
    } else {
      finish(rows, count, factors, ranks);
    }
  }

  private void finish(int[] rows, int count, MemorySegment perRow, float[] ranks) {
    for (int i = 0; i < count; i++) {
      long at = 8L * rows[i];
      float scaled = factor * perRow.get(FLOAT, at) * ranks[i];
      ranks[i] = base + perRow.get(FLOAT, at + 4) - scaled;
    }
  }

  /**
   * Reads a byte of every cache line of the batch, so that the misses overlap before the sums wait
   * for them: Java has no prefetch.
   */
  private void touch(int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      long offset = offsets[i];
      for (int at = 0; at < dimension; at += LINE) {
        sum += image.get(ValueLayout.JAVA_BYTE, offset + at);
      }
    }
    touched += sum;
  }

  /** The sum of what was read early, so that reading is not left out as useless. */
  int touched() {
    return touched;
  }
}
