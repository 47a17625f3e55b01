package io.quiver.parquet;

import dev.hardwood.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ranges of a file, read rather than mapped: a file that is cut while it is read is an error then,
 * and not a fault of the whole process.
 */
final class FileRanges implements InputFile {
  private final Path path;
  private final FileChannel channel;
  private final AtomicLong bytesRead = new AtomicLong();

  FileRanges(Path path) throws IOException {
    this.path = path;
    channel = FileChannel.open(path);
  }

  long bytesRead() {
    return bytesRead.get();
  }

  @Override
  public void open() {
    // The channel is open since there is this object.
  }

  @Override
  public ByteBuffer readRange(long from, int length) throws IOException {
    if (from < 0 || length < 0 || from + length > channel.size()) {
      throw new EOFException(
          "it has %d bytes, and is to be read from %d to %d"
              .formatted(channel.size(), from, from + length));
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new EOFException("it ends at " + (from + bytes.position()));
      }
    }
    bytesRead.addAndGet(length);
    return bytes.flip();
  }

  @Override
  public long length() throws IOException {
    return channel.size();
  }

  @Override
  public String name() {
    return path.getFileName().toString();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
