package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Codes, number by number. */
final class ScalarCodes implements CodeKernels {
  static final ScalarCodes INSTANCE = new ScalarCodes();

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private ScalarCodes() {}

  @Override
  public void int8(
      short[] query,
      MemorySegment rows,
      long[] offsets,
      int count,
      int width,
      float[] out,
      int at) {
    for (int i = 0; i < count; i++) {
      out[at + i] = int8(query, rows, offsets[i], width);
    }
  }

  private static int int8(short[] query, MemorySegment rows, long offset, int width) {
    int half = width >>> 1;
    int sum = 0;
    for (int i = 0; i < half; i++) {
      int pair = rows.get(SHORT, offset + 2L * i);
      sum += (byte) pair * query[i] + (pair >> 8) * query[half + i];
    }
    return sum;
  }

  @Override
  public void halves(MemorySegment rows, long offset, int width, short[] into) {
    int half = width >>> 1;
    for (int i = 0; i < half; i++) {
      int pair = rows.get(SHORT, offset + 2L * i);
      into[i] = (byte) pair;
      into[half + i] = (short) (pair >> 8);
    }
  }

  @Override
  public Int4Query int4(int width) {
    return width < LoopInt4.LEAST_WIDTH ? new WordInt4(width) : new LoopInt4(width);
  }

  @Override
  public void bits(
      long[] query, MemorySegment rows, long[] offsets, int count, int width, float[] out, int at) {
    for (int i = 0; i < count; i++) {
      out[at + i] = bits(query, rows, offsets[i], width);
    }
  }

  private static int bits(long[] query, MemorySegment rows, long offset, int width) {
    int plane = width >>> 3;
    int sum = 0;
    for (int i = 0; i < plane; i++) {
      long bits = rows.get(LONG, offset + 8L * i);
      sum += Long.bitCount(bits & query[i]);
      sum += Long.bitCount(bits & query[plane + i]) << 1;
      sum += Long.bitCount(bits & query[2 * plane + i]) << 2;
      sum += Long.bitCount(bits & query[3 * plane + i]) << 3;
    }
    return sum;
  }
}
