package io.quiver.planner.copy;

import io.quiver.planner.transfer.RowWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A two-dimensional float32 array of NumPy; its header is written last, when the rows are counted.
 */
final class NpyFile implements RowWriter {
  private static final int HEADER = 128;
  private static final int BUFFER = 1 << 20;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
  private long rows;
  private int dimension;

  NpyFile(Path file) throws IOException {
    channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    channel.position(HEADER);
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    float[] vector = FvecsFile.vector(row);
    if (rows > 0 && vector.length != dimension) {
      throw new IOException(
          "vectors of " + dimension + " and " + vector.length + " dimensions in one array");
    }
    dimension = vector.length;
    rows++;
    if (buffer.remaining() < 4 * vector.length) {
      flush();
    }
    for (float component : vector) {
      buffer.putFloat(component);
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    try (FileChannel closing = channel) {
      flush();
      String text =
          "{'descr': '<f4', 'fortran_order': False, 'shape': (" + rows + ", " + dimension + "), }";
      ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
      header.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
      header.put((byte) 1).put((byte) 0).putShort((short) (HEADER - 10));
      header.put(text.getBytes(StandardCharsets.US_ASCII));
      while (header.position() < HEADER - 1) {
        header.put((byte) ' ');
      }
      header.put((byte) '\n').flip();
      closing.write(header, 0);
    }
  }
}
