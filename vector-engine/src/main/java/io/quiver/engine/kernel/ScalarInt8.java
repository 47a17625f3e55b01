package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Rows of whole numbers of one byte. */
final class ScalarInt8 extends ScalarRowKernels {
  static final ScalarInt8 INSTANCE = new ScalarInt8();

  private ScalarInt8() {}

  @Override
  float at(MemorySegment rows, long offset, int i) {
    return rows.get(ValueLayout.JAVA_BYTE, offset + i);
  }
}
