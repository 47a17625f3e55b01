package io.quiver.engine.index;

/**
 * A rank and a row in one long, so that keys are compared as numbers: nearer first, then the lower
 * row. The lowest bit is free for a mark.
 */
public final class RankKey {
  /** The mark: whether a graph walk has followed the row's links. */
  public static final long MARK = 1;

  /** Farther than every row. */
  public static final long FARTHEST = Long.MAX_VALUE;

  private RankKey() {}

  /** A rank that is not a number, from sums that overflowed, is farther than any number. */
  public static long of(float rank, int row) {
    int bits = Float.floatToIntBits(rank);
    bits ^= (bits >> 31) & Integer.MAX_VALUE;
    return ((long) bits << 32) | ((long) row << 1);
  }

  public static int row(long key) {
    return (int) (key & 0xffff_ffffL) >>> 1;
  }

  public static float rank(long key) {
    int bits = (int) (key >> 32);
    return Float.intBitsToFloat(bits ^ ((bits >> 31) & Integer.MAX_VALUE));
  }
}
