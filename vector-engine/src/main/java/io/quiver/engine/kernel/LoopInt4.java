package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Half bytes in a loop which the compiler turns into vectors by itself: over arrays of one type,
 * with nothing stored, and one sum of whole numbers. Hence a row is copied first.
 *
 * <p>As in {@link WordInt4}, but two products a multiplication: of 32 bits the upper half is their
 * sum, and eight fit, 8 x 15 x 127 being 15,240.
 */
final class LoopInt4 implements Int4Query {
  /** With less, in bytes, most of the rows is worked off before and after what is vectors. */
  static final int LEAST_WIDTH = 128;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int MASK = 0x000F_000F;
  private static final int TOP = 16;
  private static final int HALF = 1 << TOP - 1;

  private final int[] query;
  private final int[] row;

  /**
   * @param width of a row in bytes
   */
  LoopInt4(int width) {
    this.row = new int[width / Integer.BYTES];
    this.query = new int[4 * row.length];
  }

  @Override
  public void set(short[] components) {
    for (int i = 0; i < query.length; i++) {
      query[i] = (components[2 * i] << 16) + components[2 * i + 1];
    }
  }

  @Override
  public void products(MemorySegment rows, long[] offsets, int count, float[] out, int at) {
    for (int i = 0; i < count; i++) {
      MemorySegment.copy(rows, INT, offsets[i], row, 0, row.length);
      out[at + i] = product(query, row, row.length);
    }
  }

  private static int product(int[] query, int[] row, int numbers) {
    int sum = 0;
    for (int i = 0; i < numbers; i++) {
      int eight = row[i];
      int products =
          (eight & MASK) * query[i]
              + (eight >>> 4 & MASK) * query[numbers + i]
              + (eight >>> 8 & MASK) * query[2 * numbers + i]
              + (eight >>> 12 & MASK) * query[3 * numbers + i];
      sum += products + HALF >> TOP;
    }
    return sum;
  }
}
