package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Exact dot products of int8 codes, -127 to 127.
 *
 * <p>A row of codes is {@code stride} bytes, a multiple of {@link #ROW_MULTIPLE}, padded with
 * zeros. The query is split into its even and its odd places, so that two neighbouring bytes of a
 * row are multiplied as the halves of one short: their sum of two products fits 16 bits.
 */
public interface CodeKernels {
  /** Rows are padded to a multiple of this many bytes, one cache line. */
  int ROW_MULTIPLE = 64;

  /**
   * Dot products of a query with rows.
   *
   * @param even codes of the query at even places, {@code stride / 2} of them, zeros beyond the
   *     dimension
   * @param odd the same at odd places
   * @param offsets where rows begin; room and padding as in {@link RowKernels#dots}
   */
  void dots(
      short[] even,
      short[] odd,
      MemorySegment codes,
      long[] offsets,
      int count,
      int stride,
      int[] out);

  /** Dot products of the row at {@code offset} with rows of the same segment. */
  void pairDots(MemorySegment codes, long offset, long[] offsets, int count, int stride, int[] out);
}
