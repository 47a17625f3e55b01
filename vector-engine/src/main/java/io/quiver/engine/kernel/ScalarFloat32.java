package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Rows of single precision. */
final class ScalarFloat32 extends ScalarRowKernels {
  static final ScalarFloat32 INSTANCE = new ScalarFloat32();

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private ScalarFloat32() {}

  @Override
  float at(MemorySegment rows, long offset, int i) {
    return rows.get(FLOAT, offset + 4L * i);
  }

  @Override
  public void decode(MemorySegment rows, long offset, int dimension, float[] into) {
    MemorySegment.copy(rows, FLOAT, offset, into, 0, dimension);
  }
}
