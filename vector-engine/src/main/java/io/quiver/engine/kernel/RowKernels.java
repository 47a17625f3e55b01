package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Distances to rows of one element type, little-endian, at any alignment.
 *
 * <p>Dimension is 1 to 16,384. Sums are kept in single precision; magnitudes beyond about 1e18 may
 * overflow to infinity. The caller has checked offsets: with {@code
 * jdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK=0} an offset out of range is not caught.
 *
 * <p>Batch forms score several rows in one pass over the query. The sum of a row does not depend on
 * its place in the batch, so equal rows get equal distances.
 */
public interface RowKernels {
  /** Batches are worked off in steps of up to this many rows; see {@link #dots}. */
  int STEP = 8;

  float dot(float[] query, MemorySegment rows, long offset, int dimension);

  float squaredL2(float[] query, MemorySegment rows, long offset, int dimension);

  float l1(float[] query, MemorySegment rows, long offset, int dimension);

  /**
   * Dot products with the rows at the first {@code count} offsets, into {@code out} from {@code at}
   * on.
   *
   * <p>Both arrays have room for {@code count} rounded up to a multiple of {@link #STEP}; what they
   * hold there is overwritten.
   */
  void dots(
      float[] query,
      MemorySegment rows,
      long[] offsets,
      int count,
      int dimension,
      float[] out,
      int at);

  /** Squared Euclidean distances; see {@link #dots}. */
  void squaredL2s(
      float[] query,
      MemorySegment rows,
      long[] offsets,
      int count,
      int dimension,
      float[] out,
      int at);

  /** Sums of absolute differences; see {@link #dots}. */
  void l1s(
      float[] query,
      MemorySegment rows,
      long[] offsets,
      int count,
      int dimension,
      float[] out,
      int at);

  /** The squared Euclidean length of a row. */
  float squaredNorm(MemorySegment rows, long offset, int dimension);

  /** Dot product of two rows, which may live in different segments. */
  float pairDot(MemorySegment a, long aOffset, MemorySegment b, long bOffset, int dimension);

  float pairSquaredL2(MemorySegment a, long aOffset, MemorySegment b, long bOffset, int dimension);

  float pairL1(MemorySegment a, long aOffset, MemorySegment b, long bOffset, int dimension);

  /** Copies a row into the first {@code dimension} places of {@code into}. */
  void decode(MemorySegment rows, long offset, int dimension, float[] into);
}
