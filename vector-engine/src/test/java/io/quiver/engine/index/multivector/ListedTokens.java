package io.quiver.engine.index.multivector;

/** Multivectors from arrays of half floats, for tests. */
record ListedTokens(int dimension, short[]... vectors) implements MultiVectorRows {
  @Override
  public int rows() {
    return vectors.length;
  }

  @Override
  public int tokens(int row) {
    return vectors[row].length / dimension;
  }

  @Override
  public void copy(int row, int first, int count, short[] halves) {
    System.arraycopy(vectors[row], first * dimension, halves, 0, count * dimension);
  }

  /** A row's tokens as floats. */
  float[][] floats(int row) {
    float[][] tokens = new float[tokens(row)][dimension];
    for (int i = 0; i < vectors[row].length; i++) {
      tokens[i / dimension][i % dimension] = Float.float16ToFloat(vectors[row][i]);
    }
    return tokens;
  }
}
