package io.quiver.engine.column;

import io.quiver.engine.index.sparse.SparseRow;
import io.quiver.engine.index.sparse.SparseRows;
import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.search.SparseVectorValue;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Sparse vectors: per row ascending indices as u32 and as many weights as f32, little-endian. */
public interface SparseColumn extends Column, SparseRows {
  /** Number of weights; 0 where absent. */
  int count(int row);

  /** The memory the row's indices lie in. */
  MemorySegment indexSegment(int row);

  /** Where the row's indices start in {@link #indexSegment}. */
  long indexOffset(int row);

  /** The memory the row's weights lie in. */
  MemorySegment weightSegment(int row);

  /** Where the row's weights start in {@link #weightSegment}. */
  long weightOffset(int row);

  @Override
  default void read(int row, SparseRow into) {
    int count = count(row);
    into.resize(count);
    copy(row, count, into.indices(), into.weights());
  }

  private void copy(int row, int count, int[] indices, float[] weights) {
    MemorySegment.copy(indexSegment(row), LittleEndian.INT, indexOffset(row), indices, 0, count);
    MemorySegment.copy(
        weightSegment(row), LittleEndian.FLOAT, weightOffset(row), weights, 0, count);
  }

  @Override
  default @Nullable SparseVectorValue value(int row) {
    if (isNull(row)) {
      return null;
    }
    int count = count(row);
    int[] indices = new int[count];
    float[] weights = new float[count];
    copy(row, count, indices, weights);
    return new SparseVectorValue(indices, weights);
  }
}
