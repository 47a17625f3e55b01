package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** UUID in sixteen bytes a row, zeros where absent. */
final class SealedUuids extends SealedColumn implements BytesColumn {
  private static final int WIDTH = 16;

  private final MemorySegment values;

  SealedUuids(ColumnType.Scalar type, Parts parts) {
    super(type, parts);
    expect(parts, Encoding.FIXED);
    this.values = parts.part(VALUES, (long) parts.rows() * WIDTH);
  }

  static int write(Picks picks, PartsWriter writer) throws IOException {
    MemorySegment none = MemorySegment.ofArray(new byte[WIDTH]);
    writer.part(VALUES);
    for (int i = 0; i < picks.size(); i++) {
      if (picks.isNull(i)) {
        writer.put(none, 0, WIDTH);
      } else {
        BytesColumn column = (BytesColumn) picks.column(i);
        int row = picks.row(i);
        writer.put(column.segment(row), column.offset(row), WIDTH);
      }
    }
    return Encoding.FIXED;
  }

  @Override
  public int length(int row) {
    return isNull(row) ? 0 : WIDTH;
  }

  @Override
  public MemorySegment segment(int row) {
    return values;
  }

  @Override
  public long offset(int row) {
    return (long) row * WIDTH;
  }

  @Override
  public @Nullable Object value(int row) {
    return isNull(row) ? null : ScalarCodec.fromBytes(ScalarKind.UUID, bytes(row));
  }
}
