package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Half bytes in plain Java, four products a multiplication.
 *
 * <p>A word of a row, masked, is four components 16 bits apart; multiplied with four of the query
 * in the other order, its topmost 16 bits are the sum of the four products, and what is below is no
 * more than a borrow, which rounding takes back. Four such words added up still fit: 16 x 15 x 127
 * is 30,480, and the sum below, 12 x 15 x 127 at most, is less than half of what it would take to
 * change the bits above.
 */
final class WordInt4 implements Int4Query {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final long MASK = 0x000F_000F_000F_000FL;
  private static final int TOP = 48;
  private static final long HALF = 1L << TOP - 1;
  private static final int FOUR = 4;

  private final int words;
  private final long[] query;

  /**
   * @param width of a row in bytes
   */
  WordInt4(int width) {
    this.words = width / Long.BYTES;
    this.query = new long[4 * words];
  }

  @Override
  public void set(short[] components) {
    for (int word = 0; word < query.length; word++) {
      long sum = 0;
      for (int i = 0; i < FOUR; i++) {
        sum = (sum << 16) + components[FOUR * word + i];
      }
      query[word] = sum;
    }
  }

  @Override
  public void products(MemorySegment rows, long[] offsets, int count, float[] out, int at) {
    int i = 0;
    for (; i + FOUR <= count; i += FOUR) {
      four(query, words, rows, offsets, i, out, at + i);
    }
    for (; i < count; i++) {
      out[at + i] = one(query, words, rows, offsets[i]);
    }
  }

  private static long one(long[] query, int words, MemorySegment rows, long offset) {
    long sum = 0;
    for (int i = 0; i < words; i++) {
      sum +=
          products(
              rows.get(LONG, offset + 8L * i),
              query[i],
              query[words + i],
              query[2 * words + i],
              query[3 * words + i]);
    }
    return sum;
  }

  /** Four rows at a time, which share what is read of the query. */
  private static void four(
      long[] query, int words, MemorySegment rows, long[] offsets, int first, float[] out, int at) {
    long o0 = offsets[first];
    long o1 = offsets[first + 1];
    long o2 = offsets[first + 2];
    long o3 = offsets[first + 3];
    long s0 = 0;
    long s1 = 0;
    long s2 = 0;
    long s3 = 0;
    for (int i = 0; i < words; i++) {
      long a = query[i];
      long b = query[words + i];
      long c = query[2 * words + i];
      long d = query[3 * words + i];
      s0 += products(rows.get(LONG, o0 + 8L * i), a, b, c, d);
      s1 += products(rows.get(LONG, o1 + 8L * i), a, b, c, d);
      s2 += products(rows.get(LONG, o2 + 8L * i), a, b, c, d);
      s3 += products(rows.get(LONG, o3 + 8L * i), a, b, c, d);
    }
    out[at] = s0;
    out[at + 1] = s1;
    out[at + 2] = s2;
    out[at + 3] = s3;
  }

  private static long products(long row, long a, long b, long c, long d) {
    long sum =
        (row & MASK) * a
            + (row >>> 4 & MASK) * b
            + (row >>> 8 & MASK) * c
            + (row >>> 12 & MASK) * d;
    return sum + HALF >> TOP;
  }
}
