package io.quiver.engine.column;

import org.jspecify.annotations.Nullable;

/** Whole numbers and booleans. */
public interface LongColumn extends Column {
  /** The row's value; 0 where absent. */
  long longAt(int row);

  /** Reads {@code count} rows from {@code from} on, 0 where absent. */
  default void read(int from, int count, long[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = longAt(from + i);
    }
  }

  /** Bounds of the values block by block, where they are kept. */
  default @Nullable ZoneMap zones() {
    return null;
  }
}
