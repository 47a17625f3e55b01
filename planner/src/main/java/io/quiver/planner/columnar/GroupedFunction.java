package io.quiver.planner.columnar;

import io.quiver.engine.search.ColumnScan;
import org.jspecify.annotations.Nullable;

/** An aggregate function of many groups at once. For one thread. */
public interface GroupedFunction {
  /**
   * Takes a batch of rows into account.
   *
   * @param groups of the rows
   * @param size groups there are so far
   */
  void add(ColumnScan scan, int[] groups, int size);

  /** The function's value of a group over all its rows so far, in the class of its type. */
  @Nullable Object value(int group);
}
