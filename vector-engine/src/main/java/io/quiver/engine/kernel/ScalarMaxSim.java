package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Eight query rows at once, in loops the compiler may turn into SIMD by itself. */
final class ScalarMaxSim implements MaxSimKernels {
  static final ScalarMaxSim INSTANCE = new ScalarMaxSim();

  private static final int LANES = 8;
  private static final ValueLayout.OfShort HALF =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private ScalarMaxSim() {}

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void read(
      MemorySegment rows,
      long offset,
      int count,
      int dimension,
      float[] tokens,
      float[] inverseLengths) {
    for (int token = 0; token < count; token++) {
      float sum = 0;
      for (int i = token * dimension; i < (token + 1) * dimension; i++) {
        tokens[i] = Float.float16ToFloat(rows.get(HALF, offset + 2L * i));
        sum += tokens[i] * tokens[i];
      }
      inverseLengths[token] = inverseRoot(sum);
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
