package io.quiver.engine.kernel;

import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** Compares two sets of kernels on a few rows, in a millisecond or so, when a process starts. */
final class KernelSelfTest {
  private static final int[] DIMENSIONS = {1, 7, 64, 131};
  private static final int ROWS = 5;
  private static final float TOLERANCE = 1e-4f;

  private final DistanceKernels tested;
  private final DistanceKernels trusted;
  private final SplittableRandom random = new SplittableRandom(7);
  private String difference = "";

  KernelSelfTest(DistanceKernels tested, DistanceKernels trusted) {
    this.tested = tested;
    this.trusted = trusted;
  }

  /** What differs first, or an empty string. */
  String firstDifference() {
    try (Arena arena = Arena.ofConfined()) {
      for (int dimension : DIMENSIONS) {
        for (VectorElement element : VectorElement.values()) {
          compareRows(arena, element, dimension);
        }
      }
    }
    return difference;
  }

  private void compareRows(Arena arena, VectorElement element, int dimension) {
    MemorySegment rows = arena.allocate((long) ROWS * dimension * element.bytes());
    for (int i = 0; i < ROWS * dimension; i++) {
      set(rows, element, i, random.nextInt(-9, 10));
    }
    float[] query = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      query[i] = random.nextInt(-9, 10);
    }
    float[] left = results(tested.rows(element), query, rows, (long) dimension * element.bytes());
    float[] right = results(trusted.rows(element), query, rows, (long) dimension * element.bytes());
    for (int i = 0; i < left.length; i++) {
      note(element + " of dimension " + dimension, left[i], right[i]);
    }
  }

  private static float[] results(
      RowKernels kernels, float[] query, MemorySegment rows, long stride) {
    float[] out = new float[4 * RowKernels.STEP + 4];
    int dimension = query.length;
    kernels.dots(query, rows, offsets(stride), ROWS, dimension, out, 0);
    float[] all = new float[3 * ROWS + 4];
    System.arraycopy(out, 0, all, 0, ROWS);
    kernels.squaredL2s(query, rows, offsets(stride), ROWS, dimension, out, 0);
    System.arraycopy(out, 0, all, ROWS, ROWS);
    kernels.l1s(query, rows, offsets(stride), ROWS, dimension, out, 0);
    System.arraycopy(out, 0, all, 2 * ROWS, ROWS);
    all[3 * ROWS] = kernels.pairDot(rows, 0, rows, stride, dimension);
    all[3 * ROWS + 1] = kernels.pairSquaredL2(rows, 0, rows, stride, dimension);
    all[3 * ROWS + 2] = kernels.pairL1(rows, 0, rows, stride, dimension);
    all[3 * ROWS + 3] = kernels.squaredNorm(rows, stride, dimension);
    return all;
  }

  private static long[] offsets(long stride) {
    long[] offsets = new long[RowKernels.STEP];
    for (int i = 0; i < ROWS; i++) {
      offsets[i] = i * stride;
    }
    return offsets;
  }

  private static void set(MemorySegment rows, VectorElement element, int i, int value) {
    ByteOrder little = ByteOrder.LITTLE_ENDIAN;
    switch (element) {
      case FLOAT32 -> rows.set(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(little), 4L * i, value);
      case FLOAT16 ->
          rows.set(
              ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(little),
              2L * i,
              Float.floatToFloat16(value));
      case INT8 -> rows.set(ValueLayout.JAVA_BYTE, i, (byte) value);
    }
  }

  private void note(String what, float left, float right) {
    if (difference.isEmpty() && !(Math.abs(left - right) <= TOLERANCE * (1 + Math.abs(right)))) {
      difference = what + ": " + left + " is not " + right;
    }
  }
}
