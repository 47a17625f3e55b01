package io.quiver.engine.search;

import java.util.Arrays;

/**
 * A sparse vector: ascending indices from 0 and as many finite, non-zero weights.
 *
 * <p>The arrays are kept, not copied; do not change them afterwards.
 */
public record SparseVectorValue(int[] indices, float[] weights) {
  public SparseVectorValue {
    if (indices.length != weights.length) {
      throw new IllegalArgumentException(
          "Invalid sparse vector: " + indices.length + " indices, " + weights.length + " weights");
    }
    for (int i = 0; i < indices.length; i++) {
      if (indices[i] < 0 || (i > 0 && indices[i] <= indices[i - 1])) {
        throw new IllegalArgumentException("Invalid sparse vector: indices must ascend from 0");
      }
      if (!Float.isFinite(weights[i]) || weights[i] == 0) {
        throw new IllegalArgumentException(
            "Invalid sparse vector: weight " + weights[i] + " of index " + indices[i]);
      }
    }
  }

  /** Number of non-zero weights. */
  public int size() {
    return indices.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparseVectorValue that
        && Arrays.equals(indices, that.indices)
        && Arrays.equals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(indices) + Arrays.hashCode(weights);
  }
}
