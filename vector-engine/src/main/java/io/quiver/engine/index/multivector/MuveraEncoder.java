package io.quiver.engine.index.multivector;

import java.lang.foreign.MemorySegment;

/** Encodes rows of a column into memory. For one thread. */
final class MuveraEncoder {
  private static final float LARGEST_HALF = 65_504;

  private final MultiVectorRows source;
  private final FixedDimensionalEncoding.Encoder encoder;
  private final float[] encoded;
  private short[] halves = {};
  private float[] units = {};

  MuveraEncoder(MuveraShape shape, MultiVectorRows source) {
    this.source = source;
    this.encoder = shape.encoding().new Encoder();
    this.encoded = new float[shape.size()];
  }

  /** Writes a row's encoding as half floats; zeros for a row without tokens. */
  void encode(int row, MemorySegment memory, long at) {
    int count = source.tokens(row);
    if (count == 0) {
      memory.asSlice(at, (long) Short.BYTES * encoded.length).fill((byte) 0);
      return;
    }
    read(row, count);
    encoder.document(units, count, encoded);
    for (int i = 0; i < encoded.length; i++) {
      float component = Math.clamp(encoded[i], -LARGEST_HALF, LARGEST_HALF);
      memory.set(EncodedRows.HALF, at + 2L * i, Float.floatToFloat16(component));
    }
  }

  private void read(int row, int count) {
    int dimension = source.dimension();
    if (halves.length < count * dimension) {
      halves = new short[count * dimension];
      units = new float[halves.length];
    }
    source.copy(row, 0, count, halves);
    for (int token = 0; token < count; token++) {
      int from = token * dimension;
      double sum = 0;
      for (int i = from; i < from + dimension; i++) {
        units[i] = Float.float16ToFloat(halves[i]);
        sum += (double) units[i] * units[i];
      }
      float inverse = sum == 0 ? 0 : (float) (1 / Math.sqrt(sum));
      for (int i = from; i < from + dimension; i++) {
        units[i] *= inverse;
      }
    }
  }
}
