package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** STRING, BINARY and UUID as they come: an address and a length a row. */
final class GrowingBytes extends GrowingSpans implements BytesColumn {
  private final ColumnType.Scalar type;

  GrowingBytes(ColumnType.Scalar type, Arena arena) {
    super(type, arena);
    this.type = type;
  }

  @Override
  void store(int row, Object value) {
    byte[] bytes = ScalarCodec.toBytes(type.kind(), value);
    values.put(row, values.heap().append(bytes), bytes.length);
  }

  @Override
  public int length(int row) {
    return values.count(row);
  }

  @Override
  public MemorySegment segment(int row) {
    return values.segment(row);
  }

  @Override
  public long offset(int row) {
    return values.offset(row);
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : ScalarCodec.fromBytes(type.kind(), bytes(row));
  }
}
