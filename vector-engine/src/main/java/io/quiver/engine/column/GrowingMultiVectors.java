package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Multivectors as they come, as half floats. */
final class GrowingMultiVectors extends GrowingSpans implements MultiVectorColumn {
  private final ColumnType.MultiVector type;

  GrowingMultiVectors(ColumnType.MultiVector type, Arena arena) {
    super(type, arena);
    this.type = type;
  }

  @Override
  void store(int row, Object value) {
    float[][] vectors = (float[][]) value;
    long stride = (long) Short.BYTES * type.dimension();
    long address = values.heap().allocate(stride * vectors.length);
    MemorySegment segment = values.heap().segment(address);
    long at = ByteHeap.offset(address);
    for (float[] vector : vectors) {
      VectorCodec.writeHalves(vector, segment, at);
      at += stride;
    }
    values.put(row, address, vectors.length);
  }

  @Override
  public ColumnType.MultiVector type() {
    return type;
  }

  @Override
  public int tokens(int row) {
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
}
