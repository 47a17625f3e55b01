package io.quiver.engine.index;

import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * What to find in one segment.
 *
 * @param vector of the column's dimension, finite; not copied
 * @param k rows wanted, at least 1; more than there are gives all
 * @param efSearch candidates kept during a graph walk; runs at least at {@code k}
 * @param allowed rows that qualify, or null for all; rows at or beyond its size do not
 * @param deleted rows that are gone, or null for none
 * @param stop asked now and then during long work
 */
public record DenseQuery(
    float[] vector,
    int k,
    int efSearch,
    @Nullable RowBitmap allowed,
    @Nullable RowBitmap deleted,
    StopSignal stop) {
  public DenseQuery {
    if (k < 1) {
      throw new IllegalArgumentException("k is not at least 1: " + k);
    }
  }

  /** All rows qualify. */
  public static DenseQuery of(float[] vector, int k, int efSearch) {
    return new DenseQuery(vector, k, efSearch, null, null, StopSignal.NEVER);
  }

  /** The same, among fewer rows. */
  public DenseQuery among(@Nullable RowBitmap allowedRows, @Nullable RowBitmap deletedRows) {
    return new DenseQuery(vector, k, efSearch, allowedRows, deletedRows, stop);
  }

  /** Candidates a walk keeps. */
  public int ef() {
    return Math.max(efSearch, k);
  }
}
