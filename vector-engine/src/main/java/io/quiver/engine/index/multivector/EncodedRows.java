package io.quiver.engine.index.multivector;

import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Encodings of multivectors as half floats, one a row; rows without tokens have none. */
record EncodedRows(MultiVectorRows source, int dimension, MemorySegment memory)
    implements VectorRows {
  static final ValueLayout.OfShort HALF = LittleEndian.SHORT;

  /** Bytes of so many rows. */
  static long bytes(int rows, int dimension) {
    return (long) rows * VectorRows.strideFor(dimension, VectorElement.FLOAT16);
  }

  @Override
  public int rows() {
    return (int) (memory.byteSize() / stride());
  }

  @Override
  public boolean isNull(int row) {
    return source.tokens(row) == 0;
  }

  @Override
  public VectorElement element() {
    return VectorElement.FLOAT16;
  }

  @Override
  public int stride() {
    return VectorRows.strideFor(dimension, VectorElement.FLOAT16);
  }

  @Override
  public int chunkShift() {
    return 31;
  }

  @Override
  public MemorySegment chunk(int chunk) {
    return memory;
  }

  @Override
  public float inverseNorm(int row) {
    double sum = 0;
    for (int i = 0; i < dimension; i++) {
      float component =
          Float.float16ToFloat(memory.get(HALF, offset(row) + (long) Short.BYTES * i));
      sum += (double) component * component;
    }
    return sum == 0 ? 0 : (float) (1 / Math.sqrt(sum));
  }
}
