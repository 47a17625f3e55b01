package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.MemorySegment;

/** Components of vectors as columns keep them. */
final class VectorCodec {
  private VectorCodec() {}

  /** Writes a vector's components from an offset on. */
  static void write(VectorElement element, float[] vector, MemorySegment into, long at) {
    switch (element) {
      case FLOAT32 -> MemorySegment.copy(vector, 0, into, LittleEndian.FLOAT, at, vector.length);
      case FLOAT16 -> writeHalves(vector, into, at);
      case INT8 -> {
        for (int i = 0; i < vector.length; i++) {
          into.set(LittleEndian.BYTE, at + i, (byte) vector[i]);
        }
      }
    }
  }

  static void writeHalves(float[] vector, MemorySegment into, long at) {
    for (int i = 0; i < vector.length; i++) {
      into.set(LittleEndian.SHORT, at + 2L * i, Float.floatToFloat16(vector[i]));
    }
  }

  /** One over the length of a vector as it will be read again; 0 if that is all zeros. */
  static float inverseNorm(VectorElement element, float[] vector) {
    double sum = 0;
    for (float component : vector) {
      float kept =
          element == VectorElement.FLOAT16
              ? Float.float16ToFloat(Float.floatToFloat16(component))
              : component;
      sum += (double) kept * kept;
    }
    return sum == 0 ? 0 : (float) (1 / Math.sqrt(sum));
  }
}
