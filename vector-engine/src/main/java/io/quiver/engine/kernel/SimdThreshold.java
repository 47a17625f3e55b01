package io.quiver.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** A register of values against the threshold; most registers hold none that reaches it. */
final class SimdThreshold implements ThresholdKernels {
  static final SimdThreshold INSTANCE = new SimdThreshold();

  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = F.length();

  private SimdThreshold() {}

  @Override
  public int collect(float[] values, int from, int to, float threshold, int[] out, int count) {
    int i = from;
    for (; i + LANES <= to; i += LANES) {
      VectorMask<Float> reached =
          FloatVector.fromArray(F, values, i).compare(VectorOperators.GE, threshold);
      for (long bits = reached.toLong(); bits != 0; bits &= bits - 1) {
        out[count++] = i + Long.numberOfTrailingZeros(bits);
      }
    }
    return ScalarThreshold.INSTANCE.collect(values, i, to, threshold, out, count);
  }
}
