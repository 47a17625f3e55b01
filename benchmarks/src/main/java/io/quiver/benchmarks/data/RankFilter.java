package io.quiver.benchmarks.data;

import java.util.BitSet;

/**
 * A condition all contenders can be given: the value in a column of ranks (a permutation of the row
 * numbers) lies in a range, so its exact number of rows is known.
 *
 * @param column which ranking, from 0
 * @param low first rank that qualifies
 * @param high first rank that no longer does
 */
public record RankFilter(int column, int low, int high) {
  public int cardinality() {
    return high - low;
  }

  /** The qualifying rows. */
  public BitSet rows(int[][] ranks) {
    BitSet rows = new BitSet(ranks[column].length);
    for (int row = 0; row < ranks[column].length; row++) {
      if (ranks[column][row] >= low && ranks[column][row] < high) {
        rows.set(row);
      }
    }
    return rows;
  }
}
