package io.quiver.engine.index.sparse;

import io.quiver.engine.search.SparseVectorValue;

/** Rows from an array, for tests. */
record ListedRows(SparseVectorValue... vectors) implements SparseRows {
  @Override
  public int rows() {
    return vectors.length;
  }

  @Override
  public void read(int row, SparseRow into) {
    SparseVectorValue vector = vectors[row];
    into.resize(vector.size());
    System.arraycopy(vector.indices(), 0, into.indices(), 0, vector.size());
    System.arraycopy(vector.weights(), 0, into.weights(), 0, vector.size());
  }
}
