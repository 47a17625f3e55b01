package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Int8 codes in plain Java. */
final class ScalarCodes implements CodeKernels {
  static final ScalarCodes INSTANCE = new ScalarCodes();

  private ScalarCodes() {}

  @Override
  public void dots(
      MemorySegment query,
      long queryOffset,
      MemorySegment codes,
      long[] offsets,
      int count,
      int stride,
      int[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = dot(query, queryOffset, codes, offsets[i], stride);
    }
  }

  private static int dot(MemorySegment query, long a, MemorySegment codes, long b, int stride) {
    int even = 0;
    int odd = 0;
    for (int i = 0; i < stride; i += 2) {
      even += query.get(ValueLayout.JAVA_BYTE, a + i) * codes.get(ValueLayout.JAVA_BYTE, b + i);
      odd +=
          query.get(ValueLayout.JAVA_BYTE, a + i + 1) * codes.get(ValueLayout.JAVA_BYTE, b + i + 1);
    }
    return even + odd;
  }
}
