package io.quiver.planner.physical;

import org.jspecify.annotations.Nullable;

/** Rows, one at a time, pulled. For one thread. */
public interface RowSource extends AutoCloseable {
  /** The next row, the caller's to keep but not to change; null at the end. */
  @Nullable Object @Nullable [] next();

  @Override
  default void close() {}
}
