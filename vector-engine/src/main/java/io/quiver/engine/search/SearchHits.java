package io.quiver.engine.search;

/**
 * Rows found, nearest first; equal distances in order of the rows' keys' arrival.
 *
 * @param rows as {@link CollectionView} names them
 * @param distances of the rows, same order, exact (never of a quantised copy)
 */
public record SearchHits(long[] rows, double[] distances, SearchStatistics statistics) {
  public SearchHits {
    if (rows.length != distances.length) {
      throw new IllegalArgumentException(rows.length + " rows, " + distances.length + " distances");
    }
  }

  public int size() {
    return rows.length;
  }
}
