package io.quiver.engine.kernel;

import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.MemorySegment;

/**
 * Vectors of one dimension, one a row, at a fixed stride in one or several chunks of off-heap
 * memory; the number of rows in a chunk is a power of two.
 *
 * <p>A row, once there, never moves and never changes. Safe for use by many threads.
 */
public interface VectorRows {
  /** Rows there are; grows while a memtable is written to. */
  int rows();

  /** Whether a row has no vector. Such a row reads as zeros and must not be found. */
  boolean isNull(int row);

  int dimension();

  VectorElement element();

  /** Bytes from one row to the next; those beyond the components are zero. */
  int stride();

  /** Row {@code r} is in chunk {@code r >>> chunkShift()}; 31 where there is one chunk. */
  int chunkShift();

  /** The memory of one chunk, little-endian. */
  MemorySegment chunk(int chunk);

  /** One over the Euclidean length of a row's vector; 0 for a vector of zeros or none. */
  float inverseNorm(int row);

  /** Rows from {@code from} on will be read in order: fetching them may start. */
  default void readAhead(int from, int count) {}

  /** Where a row starts in its chunk. */
  default long offset(int row) {
    return (long) (row & ((1 << chunkShift()) - 1)) * stride();
  }

  /** Bytes from one row to the next: small rows never cross a cache line, others start one. */
  static int strideFor(int dimension, VectorElement element) {
    int bytes = dimension * element.bytes();
    if (bytes <= 16) {
      return 16;
    }
    return bytes <= 32 ? 32 : (bytes + 63) & ~63;
  }
}
