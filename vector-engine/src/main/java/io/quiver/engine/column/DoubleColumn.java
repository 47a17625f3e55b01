package io.quiver.engine.column;

import org.jspecify.annotations.Nullable;

/** Floating-point numbers. */
public interface DoubleColumn extends Column {
  /** The row's value; 0 where absent. */
  double doubleAt(int row);

  /** Reads {@code count} rows from {@code from} on, 0 where absent. */
  default void read(int from, int count, double[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = doubleAt(from + i);
    }
  }

  /** Bounds of {@link SortableDouble}s block by block, where they are kept. */
  default @Nullable ZoneMap zones() {
    return null;
  }
}
