package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Int8 codes in plain Java. */
final class ScalarCodes implements CodeKernels {
  static final ScalarCodes INSTANCE = new ScalarCodes();

  private ScalarCodes() {}

  @Override
  public void dots(
      short[] even,
      short[] odd,
      MemorySegment codes,
      long[] offsets,
      int count,
      int stride,
      int[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = dot(even, odd, codes, offsets[i], stride);
    }
  }

  private static int dot(short[] even, short[] odd, MemorySegment codes, long offset, int stride) {
    int evenSum = 0;
    int oddSum = 0;
    for (int i = 0; i < stride / 2; i++) {
      evenSum += even[i] * codes.get(ValueLayout.JAVA_BYTE, offset + 2L * i);
      oddSum += odd[i] * codes.get(ValueLayout.JAVA_BYTE, offset + 2L * i + 1);
    }
    return evenSum + oddSum;
  }

  @Override
  public void pairDots(
      MemorySegment codes, long offset, long[] offsets, int count, int stride, int[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = pairDot(codes, offset, offsets[i], stride);
    }
  }

  private static int pairDot(MemorySegment codes, long a, long b, int stride) {
    int sum = 0;
    for (int i = 0; i < stride; i++) {
      sum += codes.get(ValueLayout.JAVA_BYTE, a + i) * codes.get(ValueLayout.JAVA_BYTE, b + i);
    }
    return sum;
  }
}
