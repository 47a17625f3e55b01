package io.quiver.engine.schema;

/**
 * The type of a column.
 *
 * <p>Values cross the engine's border as: a scalar as {@link ScalarKind#valueClass()}; {@link
 * TextArray} as {@code String[]} without null elements; {@link DenseVector} as {@code float[]};
 * {@link SparseVector} as {@link io.quiver.engine.search.SparseVectorValue}; {@link MultiVector} as
 * {@code float[][]}, each row of the declared dimension. Null means absent in every type.
 */
public sealed interface ColumnType {
  /** Largest dimension of a dense vector or of one row of a multivector. */
  int MAX_DIMENSION = 16_384;

  /** A single value. */
  record Scalar(ScalarKind kind) implements ColumnType {}

  /** Any number of strings, for tags and labels. */
  record TextArray() implements ColumnType {}

  /** A vector of a fixed number of components. */
  record DenseVector(int dimension, VectorElement element) implements ColumnType {
    public DenseVector {
      checkDimension(dimension);
    }
  }

  /**
   * Pairs of term index and weight.
   *
   * @param dimension one more than the largest index allowed, at most {@link Integer#MAX_VALUE}
   */
  record SparseVector(int dimension) implements ColumnType {
    public SparseVector {
      if (dimension < 1) {
        throw new IllegalArgumentException("Invalid sparse dimension: " + dimension);
      }
    }
  }

  /** Any number of vectors of one dimension, such as one a token; stored as half floats. */
  record MultiVector(int dimension) implements ColumnType {
    public MultiVector {
      checkDimension(dimension);
    }
  }

  private static void checkDimension(int dimension) {
    if (dimension < 1 || dimension > MAX_DIMENSION) {
      throw new IllegalArgumentException(
          "Invalid dimension: " + dimension + " is not between 1 and " + MAX_DIMENSION);
    }
  }
}
