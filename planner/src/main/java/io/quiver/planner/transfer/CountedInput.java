package io.quiver.planner.transfer;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The content of a file, unpacked where it is gzipped, with a count of the bytes taken from disk.
 */
final class CountedInput implements AutoCloseable {
  private static final int BUFFER = 1 << 18;

  private final Counter counter;
  private final InputStream content;

  private CountedInput(Counter counter, InputStream content) {
    this.counter = counter;
    this.content = content;
  }

  static CountedInput open(Path file) throws IOException {
    Counter counter = new Counter(Files.newInputStream(file));
    BufferedInputStream raw = new BufferedInputStream(counter, BUFFER);
    raw.mark(2);
    boolean gzipped = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    InputStream content =
        gzipped ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
    return new CountedInput(counter, content);
  }

  InputStream content() {
    return content;
  }

  long bytesRead() {
    return counter.count;
  }

  @Override
  public void close() throws IOException {
    content.close();
  }

  private static final class Counter extends FilterInputStream {
    private long count;

    Counter(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
