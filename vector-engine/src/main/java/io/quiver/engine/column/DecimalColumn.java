package io.quiver.engine.column;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Decimal numbers of any precision, each with the scale it was given. */
public interface DecimalColumn extends Column {
  /** Whether the row's unscaled value fits {@link #unscaled}; true where the row is absent. */
  boolean isCompact(int row);

  /** The unscaled value of a compact row; 0 where absent. */
  long unscaled(int row);

  /** Reads the unscaled values of {@code count} compact rows from {@code from} on. */
  default void read(int from, int count, long[] into) {
    for (int i = 0; i < count; i++) {
      into[i] = unscaled(from + i);
    }
  }

  /** Digits after the point; 0 where absent. */
  int scale(int row);

  /** The value; zero where absent. */
  BigDecimal decimal(int row);

  /** The one scale of all rows, all of which are compact; -1 where they differ. */
  default int commonScale() {
    return -1;
  }

  /** Bounds of the unscaled values block by block, where there is a common scale. */
  default @Nullable ZoneMap zones() {
    return null;
  }

  @Override
  default @Nullable BigDecimal value(int row) {
    return isNull(row) ? null : decimal(row);
  }
}
