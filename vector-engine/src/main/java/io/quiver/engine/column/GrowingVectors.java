package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.ColumnType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Dense vectors as they come, with one over the length of each. */
final class GrowingVectors extends GrowingColumn implements DenseColumn {
  private static final int CHUNK_BYTES = 256 << 10;

  private final ColumnType.DenseVector type;
  private final int stride;
  private final Chunks vectors;
  private final Chunks inverseNorms;

  GrowingVectors(ColumnType.DenseVector type, Arena arena) {
    super(type, arena);
    this.type = type;
    this.stride = VectorRows.strideFor(type.dimension(), type.element());
    int fitting = Math.max(1, CHUNK_BYTES / stride);
    this.vectors = new Chunks(arena, stride, Math.min(1024, Integer.highestOneBit(fitting)));
    this.inverseNorms = new Chunks(arena, Float.BYTES, 1024);
  }

  @Override
  void store(int row, Object value) {
    vectors.ensure(row);
    inverseNorms.ensure(row);
    float[] vector = (float[]) value;
    VectorCodec.write(type.element(), vector, vectors.of(row), vectors.offset(row));
    float inverse = VectorCodec.inverseNorm(type.element(), vector);
    inverseNorms.of(row).set(LittleEndian.FLOAT, inverseNorms.offset(row), inverse);
  }

  @Override
  void storeNull(int row) {
    vectors.ensure(row);
    inverseNorms.ensure(row);
  }

  @Override
  long valueBytes() {
    return vectors.bytes() + inverseNorms.bytes();
  }

  @Override
  public ColumnType.DenseVector type() {
    return type;
  }

  @Override
  public boolean isNull(int row) {
    return DenseColumn.super.isNull(row);
  }

  @Override
  public int stride() {
    return stride;
  }

  @Override
  public int chunkShift() {
    return vectors.shift();
  }

  @Override
  public MemorySegment chunk(int chunk) {
    return vectors.chunk(chunk);
  }

  @Override
  public float inverseNorm(int row) {
    return inverseNorms.of(row).get(LittleEndian.FLOAT, inverseNorms.offset(row));
  }
}
