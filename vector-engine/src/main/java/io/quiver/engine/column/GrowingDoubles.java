package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/** FLOAT32 and FLOAT64 as they come, eight bytes each. */
final class GrowingDoubles extends GrowingColumn implements DoubleColumn {
  private final boolean single;
  private final Chunks values;

  GrowingDoubles(ColumnType.Scalar type, Arena arena) {
    super(type, arena);
    this.single = type.kind() == ScalarKind.FLOAT32;
    this.values = new Chunks(arena, Double.BYTES, 1024);
  }

  @Override
  void store(int row, Object value) {
    values.ensure(row);
    values.setLong(row, Double.doubleToRawLongBits(((Number) value).doubleValue()));
  }

  @Override
  void storeNull(int row) {
    values.ensure(row);
  }

  @Override
  long valueBytes() {
    return values.bytes();
  }

  @Override
  public double doubleAt(int row) {
    return Double.longBitsToDouble(values.longAt(row));
  }

  @Override
  public @Nullable Object value(int row) {
    if (isNull(row)) {
      return null;
    }
    double value = doubleAt(row);
    return single ? (Object) (float) value : (Object) value;
  }
}
