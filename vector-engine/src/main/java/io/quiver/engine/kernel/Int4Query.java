package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A query of rows of half bytes, 0 to 15, kept as its kernel wants it. Used by one thread.
 *
 * <p>In 16-bit number {@code j} of a row of {@code width} bytes, bits 4t to 4t + 3 are component
 * {@code t * width / 2 + j}.
 */
public interface Int4Query {
  /**
   * Sets the query.
   *
   * @param components -127 to 127, in all {@code 2 * width}
   */
  void set(short[] components);

  /**
   * Products with the rows at the first {@code count} offsets, into {@code out} from {@code at} on.
   */
  void products(MemorySegment rows, long[] offsets, int count, float[] out, int at);
}
