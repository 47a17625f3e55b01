package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Exact dot products of int8 codes, -127 to 127.
 *
 * <p>A row of codes is {@code stride} bytes, a multiple of {@link #ROW_MULTIPLE}, padded with
 * zeros; so is the query, which may itself be a row.
 */
public interface CodeKernels {
  /** Rows are padded to a multiple of this many bytes, one cache line. */
  int ROW_MULTIPLE = 64;

  /**
   * Dot products of one row of codes with others.
   *
   * @param offsets where the others begin in {@code codes}; room and padding as in {@link
   *     RowKernels#dots}
   */
  void dots(
      MemorySegment query,
      long queryOffset,
      MemorySegment codes,
      long[] offsets,
      int count,
      int stride,
      int[] out);

  /** Bytes of a row of codes, padding included. */
  static int strideFor(int dimension) {
    return (dimension + ROW_MULTIPLE - 1) / ROW_MULTIPLE * ROW_MULTIPLE;
  }
}
