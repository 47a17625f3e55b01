package io.quiver.engine.quantize;

import io.quiver.engine.kernel.CodeKernels;
import io.quiver.engine.kernel.DistanceKernels;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.schema.DistanceMetric;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Ranks rows by their codes.
 *
 * <p>The rank is {@code base + length(row) - factor * step(row) * product}, where under cosine and
 * inner product lengths are left out. Pairs of rows under cosine are ranked by the distance of
 * their residuals instead, which orders them alike and does without the mean.
 */
public final class Int8Scorer extends RowScorer {
  private static final int BLOCK = 64;
  private static final int LINE = 64;
  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Int8Codes codes;
  private final MemorySegment image;
  private final int stride;
  private final CodeKernels kernels = DistanceKernels.best().codes();
  private final @Nullable MemorySegment factors;
  private final boolean forPairs;
  private final long[] offsets = new long[BLOCK + SLACK];
  private final int[] products = new int[BLOCK + SLACK];

  private final MemorySegment encodedQuery;
  private final Int8Encoder encoder;
  private MemorySegment query;
  private long queryOffset;
  private float factor;
  private float base;

  // Written so that reading ahead is not optimised away.
  @SuppressWarnings("UnusedVariable")
  private int touched;

  private Int8Scorer(Int8Codes codes, @Nullable MemorySegment factors, boolean forPairs) {
    this.codes = codes;
    this.image = codes.image();
    this.stride = codes.stride();
    this.factors = factors;
    this.forPairs = forPairs;
    this.encodedQuery = Arena.ofAuto().allocate(stride, LINE);
    this.encoder = codes.encoder();
    this.query = encodedQuery;
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

  @Override
  public void query(float[] vector) {
    if (forPairs) {
      throw new IllegalStateException("This scorer ranks rows against rows");
    }
    float step = encoder.encodeQuery(vector, encodedQuery, 0);
    query = encodedQuery;
    queryOffset = 0;
    base = 0;
    factor =
        switch (codes.metric()) {
          case COSINE -> step * codes.commonStep();
          case L2 -> 2 * step;
          case INNER_PRODUCT, L1 -> step;
        };
  }

  @Override
  public void queryRow(int row) {
    if (!forPairs || factors == null) {
      throw new IllegalStateException("This scorer ranks rows against queries");
    }
    query = image;
    queryOffset = codes.offset(row);
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
      kernels.dots(query, queryOffset, image, offsets, n, stride, products);
      if (factors == null) {
        for (int i = 0; i < n; i++) {
          ranks[from + i] = -factor * products[i];
        }
      } else {
        finish(rows, from, n, factors, ranks);
      }
    }
  }

  private void finish(int[] rows, int from, int count, MemorySegment perRow, float[] ranks) {
    for (int i = 0; i < count; i++) {
      long at = 8L * rows[from + i];
      float scaled = factor * perRow.get(FLOAT, at) * products[i];
      ranks[from + i] = base + perRow.get(FLOAT, at + 4) - scaled;
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
      for (int at = 0; at < stride; at += LINE) {
        sum += image.get(ValueLayout.JAVA_BYTE, offset + at);
      }
    }
    touched += sum;
  }
}
