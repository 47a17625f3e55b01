package io.quiver.engine.filter;

import io.quiver.engine.column.BytesColumn;
import io.quiver.engine.column.CodeReader;
import io.quiver.engine.column.Column;
import io.quiver.engine.column.DecimalColumn;
import io.quiver.engine.column.DoubleColumn;
import io.quiver.engine.column.LongColumn;
import io.quiver.engine.column.SortableDouble;
import io.quiver.engine.column.ZoneMap;
import org.jspecify.annotations.Nullable;

/**
 * A scalar column as longs in the order of its values: the numbers themselves, sortable doubles,
 * dictionary codes, or unscaled decimals of one scale.
 */
sealed interface Keys {
  Column column();

  /** The key of a row that has a value. */
  long at(int row);

  /** Reads keys; those of rows without a value mean nothing. */
  void read(int from, int count, long[] into);

  @Nullable ZoneMap zones();

  /** The keys of a column, or null if it has no such form. */
  static @Nullable Keys of(Column column) {
    return switch (column) {
      case LongColumn longs -> new OfLongs(longs);
      case DoubleColumn doubles -> new OfDoubles(doubles, new double[RowBlock.WORD]);
      case BytesColumn bytes -> {
        CodeReader codes = bytes.codes();
        yield codes == null ? null : new OfCodes(bytes, codes);
      }
      case DecimalColumn decimals when decimals.commonScale() >= 0 -> new OfDecimals(decimals);
      default -> null;
    };
  }

  record OfLongs(LongColumn column) implements Keys {
    @Override
    public long at(int row) {
      return column.longAt(row);
    }

    @Override
    public void read(int from, int count, long[] into) {
      column.read(from, count, into);
    }

    @Override
    public @Nullable ZoneMap zones() {
      return column.zones();
    }
  }

  /**
   * Floating-point numbers.
   *
   * @param scratch of {@link RowBlock#WORD} numbers
   */
  record OfDoubles(DoubleColumn column, double[] scratch) implements Keys {
    @Override
    public long at(int row) {
      return SortableDouble.of(column.doubleAt(row));
    }

    @Override
    public void read(int from, int count, long[] into) {
      column.read(from, count, scratch);
      for (int i = 0; i < count; i++) {
        into[i] = SortableDouble.of(scratch[i]);
      }
    }

    @Override
    public @Nullable ZoneMap zones() {
      return column.zones();
    }
  }

  record OfCodes(BytesColumn column, CodeReader codes) implements Keys {
    @Override
    public long at(int row) {
      return codes.code(row);
    }

    @Override
    public void read(int from, int count, long[] into) {
      codes.read(from, count, into);
    }

    @Override
    public @Nullable ZoneMap zones() {
      return column.zones();
    }
  }

  record OfDecimals(DecimalColumn column) implements Keys {
    @Override
    public long at(int row) {
      return column.unscaled(row);
    }

    @Override
    public void read(int from, int count, long[] into) {
      column.read(from, count, into);
    }

    @Override
    public @Nullable ZoneMap zones() {
      return column.zones();
    }
  }
}
