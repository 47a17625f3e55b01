package io.quiver.engine.index.sparse;

import io.quiver.engine.search.SparseVectorValue;

/** Scores rows by the dot product of their weights with the query's; any sign is allowed. */
public final class DotProductScorer implements SparseScorer {
  private final int[] terms;
  private final float[] weights;

  public DotProductScorer(SparseVectorValue query) {
    this.terms = query.indices();
    this.weights = query.weights();
  }

  @Override
  public int[] terms() {
    return terms;
  }

  @Override
  public double score(SparseRow row) {
    int[] indices = row.indices();
    float[] values = row.weights();
    int size = row.size();
    double sum = 0;
    boolean shared = false;
    for (int i = 0, j = 0; i < terms.length && j < size; ) {
      int term = terms[i];
      int index = indices[j];
      if (term == index) {
        sum += (double) weights[i] * values[j];
        shared = true;
      }
      // Both steps without a branch: which list is behind cannot be predicted.
      i += term <= index ? 1 : 0;
      j += index <= term ? 1 : 0;
    }
    return shared ? sum : Double.NaN;
  }

  /** Impacts are absolute weights, and no product exceeds the product of the absolute values. */
  @Override
  public double boundPerImpact(int i, InvertedIndex index) {
    return Math.abs((double) weights[i]);
  }
}
