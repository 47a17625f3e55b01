package io.quiver.engine.kernel;

/**
 * Dot products of floats in double precision, for distances that are given out. Stateless, safe for
 * all threads.
 *
 * <p>Products are exact. They are added up in 16 lanes, which are then added in a fixed order, so
 * that every machine and both twins give the same bits.
 */
public interface DoubleSums {
  /** The dot product of two arrays of one length, which may be one and the same. */
  double dot(float[] a, float[] b);

  /**
   * The dot product of two arrays of one length, and the squared length of the second: the same
   * bits as {@link #dot} gives, for little more than one of the two takes.
   *
   * @param into its first two elements are set
   */
  default void dotAndSquare(float[] a, float[] b, double[] into) {
    into[0] = dot(a, b);
    into[1] = dot(b, b);
  }

  /** The fastest in this process. */
  static DoubleSums best() {
    if (!(DistanceKernels.best() instanceof SimdKernels)) {
      return ScalarDoubleSums.INSTANCE;
    }
    if (WideDoubleSums.FITS) {
      return WideDoubleSums.INSTANCE;
    }
    return SimdDoubleSums.FITS ? SimdDoubleSums.INSTANCE : ScalarDoubleSums.INSTANCE;
  }

  /** Plain Java, without the Vector API. */
  static DoubleSums scalar() {
    return ScalarDoubleSums.INSTANCE;
  }
}
