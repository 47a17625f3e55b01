package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Vectors of one dimension, laid out for the kernels. */
public interface DenseColumn extends Column, VectorRows {
  @Override
  ColumnType.DenseVector type();

  @Override
  default boolean isNull(int row) {
    return Column.super.isNull(row);
  }

  @Override
  default int dimension() {
    return type().dimension();
  }

  @Override
  default VectorElement element() {
    return type().element();
  }

  /** Reads the row's components. */
  default void read(int row, float[] into) {
    MemorySegment chunk = chunk(row >>> chunkShift());
    long at = offset(row);
    int dimension = dimension();
    switch (element()) {
      case FLOAT32 -> MemorySegment.copy(chunk, LittleEndian.FLOAT, at, into, 0, dimension);
      case FLOAT16 -> {
        for (int i = 0; i < dimension; i++) {
          into[i] = Float.float16ToFloat(chunk.get(LittleEndian.SHORT, at + 2L * i));
        }
      }
      case INT8 -> {
        for (int i = 0; i < dimension; i++) {
          into[i] = chunk.get(LittleEndian.BYTE, at + i);
        }
      }
    }
  }

  @Override
  default float @Nullable [] value(int row) {
    if (isNull(row)) {
      return null;
    }
    float[] vector = new float[dimension()];
    read(row, vector);
    return vector;
  }
}
