package io.quiver.planner.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a file that holds vectors alone: each has its number, from 0, as id. */
abstract class VectorFileReader implements RowReader {
  final CountedInput input;
  private final String field;
  private final String rowWord;
  private long rows;

  /**
   * @param rowWord what a vector of the file is called in messages
   */
  VectorFileReader(CountedInput input, ReadOptions options, String rowWord) {
    this.input = input;
    this.field = options.vectorField();
    this.rowWord = rowWord;
  }

  /** Rows given so far. */
  final long rows() {
    return rows;
  }

  final SourceRow row(float[] vector) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("id", rows);
    values.put(field, vector);
    return new SourceRow(++rows, values);
  }

  /** The next bytes, little-endian, which the file must have. */
  final ByteBuffer read(int wanted) throws IOException {
    return whole(input.content().readNBytes(wanted), wanted);
  }

  /** Bytes that were read, which must be as many as wanted. */
  final ByteBuffer whole(byte[] bytes, int wanted) throws IOException {
    if (bytes.length < wanted) {
      throw new EOFException("the file ends in the middle of " + rowWord + " " + (rows + 1));
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public final long bytesRead() {
    return input.bytesRead();
  }

  @Override
  public final boolean isText() {
    return false;
  }

  @Override
  public final void close() throws IOException {
    input.close();
  }
}
