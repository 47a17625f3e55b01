package io.quiver.engine.index;

/**
 * Finds the nearest of the dense vectors of one segment. Safe for all threads.
 *
 * <p>A search returns min(k, qualifying rows) rows, always, nearest first, equal distances by lower
 * row, with distances of the full vectors in double precision.
 */
public interface DenseIndex {
  NearestRows search(DenseQuery query);
}
