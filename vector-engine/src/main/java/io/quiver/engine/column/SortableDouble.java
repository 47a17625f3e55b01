package io.quiver.engine.column;

/**
 * Doubles as longs that compare alike: both zeros are one, NaN equals itself and comes last, as in
 * PostgreSQL.
 */
public final class SortableDouble {
  private SortableDouble() {}

  /** A long that compares with others as the double does. */
  public static long of(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }
}
