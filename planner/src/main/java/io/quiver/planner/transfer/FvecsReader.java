package io.quiver.planner.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Vectors of one dimension, each an int32 dimension and its float32 values, little-endian. */
final class FvecsReader implements RowReader {
  private static final int LARGEST_DIMENSION = 1 << 20;

  private final CountedInput input;
  private final String field;
  private int dimension;
  private long rows;

  FvecsReader(CountedInput input, ReadOptions options) {
    this.input = input;
    field = options.vectorField();
  }

  @Override
  public @Nullable SourceRow next() throws IOException {
    byte[] head = input.content().readNBytes(Integer.BYTES);
    if (head.length == 0) {
      return null;
    }
    ByteBuffer bytes = CountedInput.whole(head, Integer.BYTES, vector());
    int found = bytes.getInt();
    if (found < 1 || found > LARGEST_DIMENSION || (dimension != 0 && found != dimension)) {
      throw new IOException(
          "vector %d begins with dimension %d, %s: this is not an fvecs file, or a damaged one"
              .formatted(
                  rows + 1,
                  found,
                  dimension == 0 ? "out of range" : "those before have " + dimension));
    }
    dimension = found;
    float[] vector = new float[dimension];
    int size = dimension * Float.BYTES;
    input.read(size, vector()).asFloatBuffer().get(vector);
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("id", rows);
    values.put(field, vector);
    return new SourceRow(++rows, values);
  }

  @Override
  public long bytesRead() {
    return input.bytesRead();
  }

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public void close() throws IOException {
    input.close();
  }

  /** The vector that is read, for messages. */
  private String vector() {
    return "vector " + (rows + 1);
  }
}
