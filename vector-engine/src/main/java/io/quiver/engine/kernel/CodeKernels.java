package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Products of a query with rows of codes, all of them whole numbers: what a graph walk spends its
 * time on. Stateless, safe for all threads.
 *
 * <p>A row is {@code width} bytes, 16, 32, or a multiple of 64, those beyond the components zero;
 * the query is padded with zeros alike.
 */
public interface CodeKernels {
  /**
   * Signed bytes, -127 to 127.
   *
   * @param query components in that range: those with even numbers, then those with odd ones, in
   *     all {@code width}
   * @param offsets of rows, the first {@code count} of them
   * @param out products, from {@code at} on
   */
  void int8(
      short[] query, MemorySegment rows, long[] offsets, int count, int width, float[] out, int at);

  /**
   * Takes a row of signed bytes apart as {@link #int8} wants its query, so that rows can be ranked
   * against a row.
   *
   * @param into {@code width} components
   */
  void halves(MemorySegment rows, long offset, int width, short[] into);

  /**
   * A query of rows of half bytes.
   *
   * @param width of a row in bytes
   */
  Int4Query int4(int width);

  /**
   * Bits: the sum of the query's components where the row has a one.
   *
   * @param query components from 0 to 15 as four planes of bits, the lowest first, each of {@code
   *     width / 8} words
   */
  void bits(
      long[] query, MemorySegment rows, long[] offsets, int count, int width, float[] out, int at);

  /** The fastest kernels that work in this process. */
  static CodeKernels best() {
    return DistanceKernels.best() instanceof SimdKernels
        ? SimdCodes.INSTANCE
        : ScalarCodes.INSTANCE;
  }

  /** Plain Java, without the Vector API. */
  static CodeKernels scalar() {
    return ScalarCodes.INSTANCE;
  }
}
