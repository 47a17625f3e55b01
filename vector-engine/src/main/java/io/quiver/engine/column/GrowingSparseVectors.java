package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.search.SparseVectorValue;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Sparse vectors as they come: for each row its indices, then its weights. */
final class GrowingSparseVectors extends GrowingSpans implements SparseColumn {
  GrowingSparseVectors(ColumnType.SparseVector type, Arena arena) {
    super(type, arena);
  }

  @Override
  void store(int row, Object value) {
    SparseVectorValue vector = (SparseVectorValue) value;
    int size = vector.size();
    long address = values.heap().allocate(8L * size);
    MemorySegment segment = values.heap().segment(address);
    long at = ByteHeap.offset(address);
    MemorySegment.copy(vector.indices(), 0, segment, LittleEndian.INT, at, size);
    MemorySegment.copy(vector.weights(), 0, segment, LittleEndian.FLOAT, at + 4L * size, size);
    values.put(row, address, size);
  }

  @Override
  public int count(int row) {
    return values.count(row);
  }

  @Override
  public MemorySegment indexSegment(int row) {
    return values.segment(row);
  }

  @Override
  public long indexOffset(int row) {
    return values.offset(row);
  }

  @Override
  public MemorySegment weightSegment(int row) {
    return values.segment(row);
  }

  @Override
  public long weightOffset(int row) {
    return values.offset(row) + (long) Integer.BYTES * count(row);
  }
}
