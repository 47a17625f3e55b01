package io.quiver.planner;

import org.jspecify.annotations.Nullable;

/** Rows of a result, one at a time. For one thread. Closing releases its snapshot. */
public interface RowCursor extends AutoCloseable {
  /** Moves to the next row; false at the end. */
  boolean next();

  /**
   * The current row, one value a column in the classes {@link ResultType} names. The array may be
   * used again for the next row.
   */
  @Nullable Object[] row();

  @Override
  void close();
}
