package io.quiver.engine.quantize;

import io.quiver.engine.kernel.UnitVector;
import io.quiver.engine.schema.DistanceMetric;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Rounds a vector to one signed byte a component.
 *
 * <p>Cosine: the unit vector less the mean of all, at one scale for every row; what is beyond 127
 * steps is clipped. L2: the vector less the mean, each row at its own scale. Inner product: the
 * vector, each row at its own scale. Used by one thread.
 */
final class Int8Encoder {
  static final int LARGEST = 127;

  private final DistanceMetric metric;
  private final float[] mean;
  private final float commonScale;
  private final float[] residual;
  private final byte[] codes;

  /**
   * @param commonScale the size of one step under cosine; not used otherwise
   */
  Int8Encoder(DistanceMetric metric, float[] mean, float commonScale) {
    this.metric = metric;
    this.mean = mean;
    this.commonScale = commonScale;
    this.residual = new float[mean.length];
    this.codes = new byte[mean.length];
  }

  /** Writes the codes of a row and returns the size of one step. */
  float encode(float[] vector, MemorySegment target, long offset) {
    residual(metric, vector, mean, residual);
    float scale = metric == DistanceMetric.COSINE ? commonScale : step(residual);
    write(residual, scale, target, offset);
    return scale;
  }

  /** What of a vector is encoded. */
  static void residual(DistanceMetric metric, float[] vector, float[] mean, float[] into) {
    if (metric == DistanceMetric.COSINE) {
      UnitVector.scale(vector, into);
    } else {
      System.arraycopy(vector, 0, into, 0, vector.length);
    }
    for (int i = 0; i < mean.length; i++) {
      into[i] -= mean[i];
    }
  }

  /** The step at which nothing is clipped; never 0. */
  static float step(float[] residual) {
    float largest = 0;
    for (float value : residual) {
      largest = Math.max(largest, Math.abs(value));
    }
    return Math.max(largest / LARGEST, Float.MIN_NORMAL);
  }

  private void write(float[] values, float scale, MemorySegment target, long offset) {
    float inverse = 1 / scale;
    for (int i = 0; i < values.length; i++) {
      codes[i] = code(values[i] * inverse);
    }
    MemorySegment.copy(codes, 0, target, ValueLayout.JAVA_BYTE, offset, codes.length);
  }

  /** The nearest code. Adding before truncating rounds without a branch on the sign. */
  static byte code(float steps) {
    float clipped = Math.max(-LARGEST, Math.min(LARGEST, steps));
    return (byte) ((int) (clipped + 128.5f) - 128);
  }
}
