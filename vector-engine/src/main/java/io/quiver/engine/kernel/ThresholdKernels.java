package io.quiver.engine.kernel;

/** Finds the few large values of an array. Stateless, safe for all threads. */
public interface ThresholdKernels {
  /**
   * Collects the positions of values that reach a threshold, ascending.
   *
   * @param from the first position looked at
   * @param to one beyond the last
   * @param out where positions are written, from {@code count} on; has room for all
   * @return {@code count} and the number of positions written
   */
  int collect(float[] values, int from, int to, float threshold, int[] out, int count);

  /** The fastest kernels that work in this process. */
  static ThresholdKernels best() {
    return DistanceKernels.best() instanceof SimdKernels
        ? SimdThreshold.INSTANCE
        : ScalarThreshold.INSTANCE;
  }

  /** Plain Java, without the Vector API. */
  static ThresholdKernels scalar() {
    return ScalarThreshold.INSTANCE;
  }
}
