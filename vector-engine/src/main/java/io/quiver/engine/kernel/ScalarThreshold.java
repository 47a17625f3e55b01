package io.quiver.engine.kernel;

/** One value after the other. */
final class ScalarThreshold implements ThresholdKernels {
  static final ScalarThreshold INSTANCE = new ScalarThreshold();

  private ScalarThreshold() {}

  @Override
  public int collect(float[] values, int from, int to, float threshold, int[] out, int count) {
    for (int i = from; i < to; i++) {
      if (values[i] >= threshold) {
        out[count++] = i;
      }
    }
    return count;
  }
}
