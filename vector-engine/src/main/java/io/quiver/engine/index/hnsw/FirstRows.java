package io.quiver.engine.index.hnsw;

import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.MemorySegment;

/** Rows up to a point, of rows that become more. */
record FirstRows(VectorRows all, int rows) implements VectorRows {
  @Override
  public boolean isNull(int row) {
    return all.isNull(row);
  }

  @Override
  public int dimension() {
    return all.dimension();
  }

  @Override
  public VectorElement element() {
    return all.element();
  }

  @Override
  public int stride() {
    return all.stride();
  }

  @Override
  public int chunkShift() {
    return all.chunkShift();
  }

  @Override
  public MemorySegment chunk(int chunk) {
    return all.chunk(chunk);
  }

  @Override
  public void readAhead(int from, int count) {
    all.readAhead(from, count);
  }

  @Override
  public float inverseNorm(int row) {
    return all.inverseNorm(row);
  }
}
