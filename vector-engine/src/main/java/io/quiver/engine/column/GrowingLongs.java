package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/** BOOLEAN, INT32 and INT64 as they come, eight bytes each. */
final class GrowingLongs extends GrowingColumn implements LongColumn {
  private final ColumnType.Scalar type;
  private final Chunks values;

  GrowingLongs(ColumnType.Scalar type, Arena arena) {
    super(type, arena);
    this.type = type;
    this.values = new Chunks(arena, Long.BYTES, 1024);
  }

  @Override
  void store(int row, Object value) {
    values.ensure(row);
    values.setLong(row, ScalarCodec.toLong(type.kind(), value));
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
  public long longAt(int row) {
    return values.longAt(row);
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : ScalarCodec.fromLong(type.kind(), longAt(row));
  }
}
