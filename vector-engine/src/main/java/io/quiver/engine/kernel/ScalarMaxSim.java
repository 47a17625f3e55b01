package io.quiver.engine.kernel;

import java.util.Arrays;

/** Eight query rows at once, in loops the compiler may turn into SIMD by itself. */
final class ScalarMaxSim implements MaxSimKernels {
  static final ScalarMaxSim INSTANCE = new ScalarMaxSim();

  private static final int LANES = 8;

  private ScalarMaxSim() {}

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void inverseLengths(float[] tokens, int count, int dimension, float[] out) {
    for (int token = 0; token < count; token++) {
      float sum = 0;
      for (int i = token * dimension; i < (token + 1) * dimension; i++) {
        sum += tokens[i] * tokens[i];
      }
      out[token] = inverseRoot(sum);
    }
  }

  static float inverseRoot(float squaredLength) {
    return squaredLength == 0 ? 0 : (float) (1 / Math.sqrt(squaredLength));
  }

  @Override
  public void raise(
      float[] query,
      int groups,
      float[] tokens,
      float[] inverseLengths,
      int count,
      int dimension,
      float[] largest) {
    float[] dots = new float[LANES];
    for (int group = 0; group < groups; group++) {
      for (int token = 0; token < count; token++) {
        Arrays.fill(dots, 0);
        for (int d = 0; d < dimension; d++) {
          float component = tokens[token * dimension + d];
          int at = (group * dimension + d) * LANES;
          for (int lane = 0; lane < LANES; lane++) {
            dots[lane] += query[at + lane] * component;
          }
        }
        for (int lane = 0; lane < LANES; lane++) {
          int row = group * LANES + lane;
          largest[row] = Math.max(largest[row], dots[lane] * inverseLengths[token]);
        }
      }
    }
  }
}
