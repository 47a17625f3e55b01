package io.quiver.engine.kernel;

import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Some of the rows of one chunk of vectors, from one on; the first of them is row 0. */
public final class SlicedRows implements VectorRows {
  private final VectorRows all;
  private final int from;
  private final int count;
  private final MemorySegment vectors;

  /**
   * @param all are in one chunk
   */
  public SlicedRows(VectorRows all, int from, int count) {
    Objects.checkFromIndexSize(from, count, all.rows());
    if (all.chunkShift() != 31) {
      throw new IllegalArgumentException("Rows of several chunks cannot be sliced");
    }
    this.all = all;
    this.from = from;
    this.count = count;
    this.vectors = all.chunk(0).asSlice(all.offset(from), (long) count * all.stride());
  }

  @Override
  public int rows() {
    return count;
  }

  @Override
  public boolean isNull(int row) {
    return all.isNull(from + row);
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
    return 31;
  }

  @Override
  public MemorySegment chunk(int chunk) {
    return vectors;
  }

  @Override
  public void readAhead(int first, int number) {
    all.readAhead(from + first, number);
  }

  @Override
  public float inverseNorm(int row) {
    return all.inverseNorm(from + row);
  }
}
