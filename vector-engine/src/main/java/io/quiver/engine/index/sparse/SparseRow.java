package io.quiver.engine.index.sparse;

import java.util.Arrays;

/** Room for one sparse vector at a time, used again for the next. Not safe for many threads. */
public final class SparseRow {
  private int[] indices = new int[64];
  private float[] weights = new float[64];
  private int size;

  /** Makes room for a vector of this many weights, to be written into the arrays. */
  public void resize(int size) {
    if (size > indices.length) {
      int room = Math.max(size, (int) Math.min(2L * indices.length, Integer.MAX_VALUE - 8));
      indices = Arrays.copyOf(indices, room);
      weights = Arrays.copyOf(weights, room);
    }
    this.size = size;
  }

  /** Number of weights. */
  public int size() {
    return size;
  }

  /** Ascending indices; the first {@link #size()} count. A different array after a resize. */
  public int[] indices() {
    return indices;
  }

  /** Weights of the indices. A different array after a resize. */
  public float[] weights() {
    return weights;
  }
}
