package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Multivectors as half floats, all vectors one after the other. */
final class SealedMultiVectors extends SealedColumn implements MultiVectorColumn {
  private final ColumnType.MultiVector type;
  private final long stride;
  private final MemorySegment values;
  private final Offsets offsets;

  SealedMultiVectors(ColumnType.MultiVector type, Parts parts) {
    super(type, parts);
    expect(parts, Encoding.LIST);
    this.type = type;
    this.stride = (long) Short.BYTES * type.dimension();
    this.values = parts.part(VALUES);
    parts.check(values.byteSize() % stride == 0, "its last vector is cut");
    this.offsets = Offsets.map(parts, OFFSETS, parts.rows(), values.byteSize() / stride);
  }

  static int write(ColumnType.MultiVector type, Picks picks, PartsWriter writer)
      throws IOException {
    Offsets.write(
        writer,
        OFFSETS,
        picks.size(),
        i -> ((MultiVectorColumn) picks.column(i)).tokens(picks.row(i)));
    long stride = (long) Short.BYTES * type.dimension();
    writer.part(VALUES);
    for (int i = 0; i < picks.size(); i++) {
      MultiVectorColumn column = (MultiVectorColumn) picks.column(i);
      int row = picks.row(i);
      writer.put(column.segment(row), column.offset(row), stride * column.tokens(row));
    }
    return Encoding.LIST;
  }

  @Override
  public ColumnType.MultiVector type() {
    return type;
  }

  @Override
  public int tokens(int row) {
    return offsets.length(row);
  }

  @Override
  public MemorySegment segment(int row) {
    return values;
  }

  @Override
  public long offset(int row) {
    return offsets.at(row) * stride;
  }
}
