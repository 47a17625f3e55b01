package io.quiver.engine.column;

import io.quiver.engine.index.multivector.MultiVectorRows;
import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.ColumnType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Lists of vectors of one dimension. A row's vectors lie one after the other without a gap, each
 * component a half float, as they were given.
 */
public interface MultiVectorColumn extends Column, MultiVectorRows {
  @Override
  ColumnType.MultiVector type();

  @Override
  default int dimension() {
    return type().dimension();
  }

  @Override
  default float @Nullable [][] value(int row) {
    if (isNull(row)) {
      return null;
    }
    int dimension = dimension();
    float[][] vectors = new float[tokens(row)][dimension];
    MemorySegment segment = segment(row);
    long at = offset(row);
    for (float[] vector : vectors) {
      for (int i = 0; i < dimension; i++, at += Short.BYTES) {
        vector[i] = Float.float16ToFloat(segment.get(LittleEndian.SHORT, at));
      }
    }
    return vectors;
  }
}
