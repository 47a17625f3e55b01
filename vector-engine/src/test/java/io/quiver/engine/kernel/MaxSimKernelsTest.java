package io.quiver.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MaxSimKernelsTest {
  private static final List<MaxSimKernels> TWINS =
      List.of(MaxSimKernels.scalar(), SimdMaxSim.INSTANCE);
  private final SplittableRandom random = new SplittableRandom(Long.getLong("quiver.seed", 51));

  @Test
  void largestCosinesAreThoseOfTheDefinition() {
    for (MaxSimKernels kernels : TWINS) {
      for (int dimension : new int[] {1, 7, 16, 128, 130}) {
        for (int queryRows : new int[] {1, 15, 16, 17, 32, 33, 100}) {
          for (int count : new int[] {1, 3, 4, 9}) {
            compare(kernels, dimension, queryRows, count);
          }
        }
      }
    }
  }

  private void compare(MaxSimKernels kernels, int dimension, int queryRows, int count) {
    float[] tokens = halfFloats(count * dimension);
    float[] query = floats(queryRows * dimension);
    int lanes = kernels.lanes();
    int groups = (queryRows + lanes - 1) / lanes;
    float[] transposed = new float[groups * lanes * dimension];
    for (int i = 0; i < queryRows; i++) {
      for (int d = 0; d < dimension; d++) {
        transposed[((i / lanes) * dimension + d) * lanes + i % lanes] = query[i * dimension + d];
      }
    }
    float[] inverse = new float[count];
    float[] read = new float[count * dimension];
    // An odd start, as a row in the middle of a column may have.
    kernels.read(halves(tokens, 6), 6, count, dimension, read, inverse);
    assertThat(read).isEqualTo(tokens);
    float[] largest = new float[groups * lanes];
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    kernels.raise(transposed, groups, tokens, inverse, count, dimension, largest);

    for (int i = 0; i < queryRows; i++) {
      double expected = Double.NEGATIVE_INFINITY;
      for (int token = 0; token < count; token++) {
        double dot = 0;
        double squares = 0;
        for (int d = 0; d < dimension; d++) {
          double component = tokens[token * dimension + d];
          dot += query[i * dimension + d] * component;
          squares += component * component;
        }
        expected = Math.max(expected, dot / Math.sqrt(squares));
      }
      assertThat((double) largest[i]).isCloseTo(expected, within(1e-5 * dimension));
    }
  }

  @Test
  void tokenOfZerosHasInverseLengthZero() {
    for (MaxSimKernels kernels : TWINS) {
      float[] out = new float[2];
      kernels.read(halves(new float[] {0, 0, 0, 3, 0, 4}, 0), 0, 2, 3, new float[6], out);
      assertThat(out).containsExactly(0, 0.2f);
    }
  }

  /** Floats that a half float can hold. */
  private float[] halfFloats(int count) {
    float[] floats = floats(count);
    for (int i = 0; i < count; i++) {
      floats[i] = Float.float16ToFloat(Float.floatToFloat16(floats[i]));
    }
    return floats;
  }

  private static MemorySegment halves(float[] values, long from) {
    MemorySegment halves = Arena.ofAuto().allocate(from + 2L * values.length);
    for (int i = 0; i < values.length; i++) {
      halves.set(ValueLayout.JAVA_SHORT_UNALIGNED, from + 2L * i, Float.floatToFloat16(values[i]));
    }
    return halves;
  }

  @Test
  void thresholdTwinsCollectTheSamePositions() {
    float[] values = floats(1_003);
    for (int from : new int[] {0, 5, 256}) {
      for (float threshold : new float[] {-2, 0, 0.9f, values[100], 2}) {
        int[] scalar = new int[1_010];
        int[] simd = new int[1_010];
        int count = ThresholdKernels.scalar().collect(values, from, 1_003, threshold, scalar, 3);
        assertThat(SimdThreshold.INSTANCE.collect(values, from, 1_003, threshold, simd, 3))
            .isEqualTo(count);
        assertThat(simd).isEqualTo(scalar);
      }
    }
  }

  private float[] floats(int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) random.nextDouble(-1, 1);
    }
    return floats;
  }
}
