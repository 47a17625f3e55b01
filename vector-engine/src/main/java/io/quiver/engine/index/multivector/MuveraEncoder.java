package io.quiver.engine.index.multivector;

import io.quiver.engine.kernel.MaxSimKernels;
import java.lang.foreign.MemorySegment;

/** Encodes rows of a column into memory. For one thread. */
final class MuveraEncoder {
  private static final float LARGEST_HALF = 65_504;

  private final MultiVectorRows source;
  private final FixedDimensionalEncoding.Encoder encoder;
  private final float[] encoded;
  private final MaxSimKernels kernels = MaxSimKernels.best();
  private float[] units = {};
  private float[] inverseLengths = {};

  MuveraEncoder(FixedDimensionalEncoding encoding, MultiVectorRows source) {
    this.source = source;
    this.encoder = encoding.new Encoder();
    this.encoded = new float[encoding.size()];
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
    if (units.length < count * dimension) {
      units = new float[count * dimension];
      inverseLengths = new float[count];
    }
    kernels.read(source.segment(row), source.offset(row), count, dimension, units, inverseLengths);
    for (int token = 0; token < count; token++) {
      for (int i = token * dimension; i < (token + 1) * dimension; i++) {
        units[i] *= inverseLengths[token];
      }
    }
  }
}
