package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Rows of half precision. */
final class ScalarFloat16 extends ScalarRowKernels {
  static final ScalarFloat16 INSTANCE = new ScalarFloat16();

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private ScalarFloat16() {}

  @Override
  float at(MemorySegment rows, long offset, int i) {
    return Float.float16ToFloat(rows.get(SHORT, offset + 2L * i));
  }
}
