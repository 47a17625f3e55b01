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

  /**
   * The nearest of two parts of a segment; of equal distances those of the first come first, whose
   * mode is told.
   */
  public static NearestRows merge(NearestRows a, NearestRows b, int k) {
    int size = Math.min(k, a.size() + b.size());
    int[] merged = new int[size];
    double[] distances = new double[size];
    int ofA = 0;
    int ofB = 0;
    for (int i = 0; i < size; i++) {
      boolean takeA = ofB == b.size() || (ofA < a.size() && a.distances[ofA] <= b.distances[ofB]);
      merged[i] = takeA ? a.rows[ofA] : b.rows[ofB];
      distances[i] = takeA ? a.distances[ofA++] : b.distances[ofB++];
    }
    return new NearestRows(merged, distances, a.effort.plus(b.effort));
  }
}
