package io.quiver.engine.quantize;

import io.quiver.engine.kernel.DistanceKernels;
import io.quiver.engine.kernel.RowKernels;
import io.quiver.engine.kernel.UnitVector;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Ranks rows by one byte a component. The query is rounded to bytes too, unless that loses much.
 *
 * <p>The rank is {@code base + length(row) - factor * step(row) * product}. Under cosine and inner
 * product lengths are left out for queries, and under cosine the step is part of the query. Pairs
 * of rows under cosine are ranked by the distance of their residuals instead, which orders them
 * alike and does without the mean.
 */
public final class Int8Scorer extends CodeScorer {
  private final Int8Codes codes;
  private final int dimension;
  private final RowKernels exactKernels = DistanceKernels.best().rows(VectorElement.INT8);
  private final @Nullable MemorySegment factors;
  private final boolean forPairs;
  private final float[] mean;
  private final float[] query;
  private final RoundedQuery rounded;
  private final short[] halves;
  private float factor;
  private float base;

  private Int8Scorer(Int8Codes codes, @Nullable MemorySegment factors, boolean forPairs) {
    super(codes.image(), codes.offset(0), Int8Codes.strideFor(codes.dimension()));
    this.codes = codes;
    this.dimension = codes.dimension();
    this.factors = factors;
    this.forPairs = forPairs;
    this.mean = codes.mean();
    this.query = new float[dimension];
    this.rounded = new RoundedQuery(dimension, stride);
    this.halves = new short[stride];
  }

  /** Ranks rows against queries from outside. */
  static Int8Scorer forQueries(Int8Codes codes) {
    return new Int8Scorer(codes, codes.factors(), false);
  }

  /** What all scorers of pairs share: a few bytes a row, in {@code arena}. */
  public static MemorySegment pairFactors(Int8Codes codes, Arena arena) {
    MemorySegment factors = codes.factorsForPairs(arena);
    codes.fillFactors(factors, 0, codes.rows());
    return factors;
  }

  /** The same of codes of which the rows are still to come. */
  public static MemorySegment roomForPairFactors(Int8Codes codes, Arena arena) {
    return codes.factorsForPairs(arena);
  }

  /** Works out the factors of rows that were encoded. */
  public static void fillPairFactors(Int8Codes codes, MemorySegment pairFactors, int from, int to) {
    codes.fillFactors(pairFactors, from, to);
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
        atQuery = (float) (SUMS.dot(query, mean) - 1);
      }
      case L2 -> {
        Int8Encoder.residual(DistanceMetric.L2, vector, mean, query);
        factor = 2;
        atQuery = (float) -SUMS.dot(query, query);
      }
      case INNER_PRODUCT, L1 -> {
        System.arraycopy(vector, 0, query, 0, dimension);
        factor = 1;
        atQuery = Float.NEGATIVE_INFINITY;
      }
    }
    rounded.round(query);
    if (rounded.isFine()) {
      rounded.splitInto(halves);
      factor *= rounded.step();
    }
  }

  @Override
  public void queryRow(int row) {
    if (!forPairs || factors == null) {
      throw new IllegalStateException("This scorer ranks rows against queries");
    }
    kernels.halves(image, codes.offset(row), stride, halves);
    float step = factors.get(CodeHeader.FLOAT, 8L * row);
    base = factors.get(CodeHeader.FLOAT, 8L * row + 4);
    factor = codes.metric() == DistanceMetric.INNER_PRODUCT ? step : 2 * step;
  }

  @Override
  void products(long[] rowOffsets, int count, float[] ranks, int at) {
    if (forPairs || rounded.isFine()) {
      kernels.int8(halves, image, rowOffsets, count, stride, ranks, at);
    } else {
      exactKernels.dots(query, image, rowOffsets, count, dimension, ranks, at);
    }
  }

  @Override
  void finish(int[] rows, int count, float[] ranks) {
    MemorySegment perRow = factors;
    if (perRow == null) {
      for (int i = 0; i < count; i++) {
        ranks[i] *= -factor;
      }
    } else {
      for (int i = 0; i < count; i++) {
        long at = 8L * rows[i];
        float scaled = factor * perRow.get(CodeHeader.FLOAT, at) * ranks[i];
        ranks[i] = base + perRow.get(CodeHeader.FLOAT, at + 4) - scaled;
      }
    }
  }
}
