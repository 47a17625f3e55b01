package io.quiver.planner.columnar;

/**
 * Arrays with room for a batch, made as large as batches come: most scans by an index give few
 * rows, and clearing room for a thousand would take longer than reading them. What was in a smaller
 * array is not kept.
 */
public final class Room {
  private static final int LEAST = 64;

  private Room() {}

  private static int of(int count) {
    return count <= LEAST ? LEAST : Integer.highestOneBit(count - 1) << 1;
  }

  static long[] longs(long[] known, int count) {
    return known.length >= count ? known : new long[of(count)];
  }

  static double[] doubles(double[] known, int count) {
    return known.length >= count ? known : new double[of(count)];
  }

  /** The array, or a larger one of zeros. */
  public static int[] ints(int[] known, int count) {
    return known.length >= count ? known : new int[of(count)];
  }

  /** The array, or a larger one of false. */
  public static boolean[] booleans(boolean[] known, int count) {
    return known.length >= count ? known : new boolean[of(count)];
  }
}
