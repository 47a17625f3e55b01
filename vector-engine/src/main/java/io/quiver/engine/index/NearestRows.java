package io.quiver.engine.index;

/**
 * Rows found in one segment.
 *
 * @param rows nearest first, equal distances by lower row
 * @param distances of the rows, same order
 * @param effort what the search did
 */
public record NearestRows(int[] rows, double[] distances, SearchEffort effort) {
  public int size() {
    return rows.length;
  }
}
