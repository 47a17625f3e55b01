package io.quiver.planner.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Vectors of one dimension, each an int32 dimension and its float32 values, little-endian. */
final class FvecsReader extends VectorFileReader {
  private static final int LARGEST_DIMENSION = 1 << 20;

  private int dimension;

  FvecsReader(CountedInput input, ReadOptions options) {
    super(input, options, "vector");
  }

  @Override
  public @Nullable SourceRow next() throws IOException {
    byte[] head = input.content().readNBytes(Integer.BYTES);
    if (head.length == 0) {
      return null;
    }
    ByteBuffer bytes = whole(head, Integer.BYTES);
    int found = bytes.getInt();
    if (found < 1 || found > LARGEST_DIMENSION || (dimension != 0 && found != dimension)) {
      throw new IOException(
          "vector %d begins with dimension %d, %s: this is not an fvecs file, or a damaged one"
              .formatted(
                  rows() + 1,
                  found,
                  dimension == 0 ? "out of range" : "those before have " + dimension));
    }
    dimension = found;
    float[] vector = new float[dimension];
    int size = dimension * Float.BYTES;
    read(size).asFloatBuffer().get(vector);
    return row(vector);
  }
}
