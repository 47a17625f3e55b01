package io.quiver.benchmarks.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Vectors of one dimension, outside the heap, row after row.
 *
 * @param count how many
 * @param dimension floats of each
 */
public record VectorRows(MemorySegment floats, int count, int dimension) {
  /** Room for {@code count} vectors, all zero, for as long as the process runs. */
  public static VectorRows empty(int count, int dimension) {
    return new VectorRows(
        Arena.global().allocate((long) count * dimension * Float.BYTES, 64), count, dimension);
  }

  public float[] get(int row) {
    float[] vector = new float[dimension];
    read(row, vector);
    return vector;
  }

  public void read(int row, float[] into) {
    MemorySegment.copy(floats, ValueLayout.JAVA_FLOAT, offset(row), into, 0, dimension);
  }

  /** The floats of one row, not copied. */
  public MemorySegment segment(int row) {
    return floats.asSlice(offset(row), (long) dimension * Float.BYTES);
  }

  public void write(int row, float[] vector) {
    MemorySegment.copy(vector, 0, floats, ValueLayout.JAVA_FLOAT, offset(row), dimension);
  }

  private long offset(int row) {
    return (long) row * dimension * Float.BYTES;
  }

  /** The first rows, sharing memory. */
  public VectorRows first(int rows) {
    return new VectorRows(floats, Math.min(rows, count), dimension);
  }
}
