package io.quiver.engine.kernel;

/** A vector's direction. */
public final class UnitVector {
  private static final DoubleSums SUMS = DoubleSums.best();

  private UnitVector() {}

  /** Scales to length one, into {@code target}; a vector of zeros stays one. */
  public static void scale(float[] vector, float[] target) {
    double squaredNorm = squaredNorm(vector);
    double scale = squaredNorm == 0 ? 0 : 1 / Math.sqrt(squaredNorm);
    for (int i = 0; i < vector.length; i++) {
      target[i] = (float) (vector[i] * scale);
    }
  }

  /** The squared Euclidean length; finite for every finite vector. */
  public static double squaredNorm(float[] vector) {
    return SUMS.dot(vector, vector);
  }
}
