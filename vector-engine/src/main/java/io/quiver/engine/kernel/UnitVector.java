package io.quiver.engine.kernel;

/** A vector's direction. */
public final class UnitVector {
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
    double a = 0;
    double b = 0;
    int i = 0;
    for (; i + 2 <= vector.length; i += 2) {
      a += (double) vector[i] * vector[i];
      b += (double) vector[i + 1] * vector[i + 1];
    }
    return a + (i < vector.length ? b + (double) vector[i] * vector[i] : b);
  }
}
