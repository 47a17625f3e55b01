package io.quiver.engine.kernel;

/** Sums in double precision, four numbers at a time. */
final class ScalarDoubleSums implements DoubleSums {
  static final ScalarDoubleSums INSTANCE = new ScalarDoubleSums();

  private static final int LANES = 16;

  private ScalarDoubleSums() {}

  @Override
  public double dot(float[] a, float[] b) {
    double even = column(a, b, 0) + column(a, b, 2);
    double odd = column(a, b, 1) + column(a, b, 3);
    return even + odd + rest(a, b);
  }

  /** The sum of lanes {@code lane}, 4 and 8 and 12 beyond, in the order registers are added. */
  private static double column(float[] a, float[] b, int lane) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (int i = lane; i + LANES - lane <= a.length; i += LANES) {
      s0 += (double) a[i] * b[i];
      s1 += (double) a[i + 4] * b[i + 4];
      s2 += (double) a[i + 8] * b[i + 8];
      s3 += (double) a[i + 12] * b[i + 12];
    }
    return (s0 + s2) + (s1 + s3);
  }

  /** What does not fill all lanes. */
  static double rest(float[] a, float[] b) {
    double sum = 0;
    for (int i = a.length & -LANES; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
