package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** BINARY and STRING one after the other. */
final class SealedBytes extends SealedColumn implements BytesColumn {
  private final ColumnType.Scalar type;
  private final Offsets offsets;
  private final MemorySegment values;

  SealedBytes(ColumnType.Scalar type, Parts parts) {
    super(type, parts);
    expect(parts, Encoding.PLAIN);
    this.type = type;
    this.values = parts.part(VALUES);
    this.offsets = Offsets.map(parts, OFFSETS, parts.rows(), values.byteSize());
  }

  static int write(Picks picks, PartsWriter writer) throws IOException {
    Offsets.write(
        writer, OFFSETS, picks.size(), i -> ((BytesColumn) picks.column(i)).length(picks.row(i)));
    writer.part(VALUES);
    for (int i = 0; i < picks.size(); i++) {
      BytesColumn column = (BytesColumn) picks.column(i);
      int row = picks.row(i);
      writer.put(column.segment(row), column.offset(row), column.length(row));
    }
    return Encoding.PLAIN;
  }

  @Override
  public int length(int row) {
    return offsets.length(row);
  }

  @Override
  public MemorySegment segment(int row) {
    return values;
  }

  @Override
  public long offset(int row) {
    return offsets.at(row);
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : ScalarCodec.fromBytes(type.kind(), bytes(row));
  }
}
