package io.quiver.engine.index.hnsw;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The highest level of each row: {@code floor(-ln(u) / ln(m))} of a random u that depends on seed
 * and row alone, so that it does not matter which thread inserts which row.
 */
final class RowLevels {
  private final long seed;
  private final double scale;

  RowLevels(long seed, int m) {
    this.seed = seed;
    this.scale = 1 / Math.log(m);
  }

  int of(int row) {
    double uniform = ((mix(seed + row) >>> 11) + 1) * 0x1p-53;
    return Math.min(HnswGraph.LEVELS_MOST, (int) (-Math.log(uniform) * scale));
  }

  /** How many of the first {@code rows} are on each level; on level 0 all. */
  static int[] counts(int rows, IntUnaryOperator levels) {
    int[] counts = new int[HnswGraph.LEVELS_MOST + 1];
    int top = 0;
    for (int row = 0; row < rows; row++) {
      int level = levels.applyAsInt(row);
      top = Math.max(top, level);
      for (int at = 1; at <= level; at++) {
        counts[at]++;
      }
    }
    counts[0] = rows;
    return Arrays.copyOf(counts, top + 1);
  }

  /** Bits that look random (the finaliser of SplitMix64). */
  static long mix(long x) {
    long z = x * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
