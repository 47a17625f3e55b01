package io.quiver.benchmarks.data;

/**
 * What is searched: unit vectors, numbered from 0, and queries of the same kind that are not among
 * them.
 */
public record VectorSet(String name, VectorRows rows, float[][] queries) {
  public int dimension() {
    return rows.dimension();
  }

  /** Makes a vector as long as 1, so that the dot product is the cosine for every contender. */
  static float[] normalise(float[] vector) {
    double sum = 0;
    for (float x : vector) {
      sum += (double) x * x;
    }
    float factor = (float) (1 / Math.sqrt(sum));
    for (int i = 0; i < vector.length; i++) {
      vector[i] *= factor;
    }
    return vector;
  }
}
