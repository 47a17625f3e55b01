package io.quiver.planner.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of bytes, reused from one to the next. */
final class LineReader {
  /** Longer lines are taken for a file of another kind. */
  static final int LONGEST_LINE = 256 << 20;

  private final InputStream input;
  private byte[] buffer = new byte[1 << 16];
  private int start;
  private int end;
  private boolean exhausted;
  private int lineStart;
  private int lineLength;
  private long number;

  LineReader(InputStream input) {
    this.input = input;
  }

  /** Moves to the next line; false at the end. */
  boolean next() throws IOException, BadRowException {
    int scanned = start;
    while (true) {
      for (int i = scanned; i < end; i++) {
        if (buffer[i] == '\n') {
          take(i, i + 1);
          return true;
        }
      }
      if (exhausted) {
        if (start == end) {
          return false;
        }
        take(end, end);
        return true;
      }
      scanned = end - start;
      fill();
      scanned += start;
    }
  }

  /** The bytes that hold the current line, from {@link #offset()} on. */
  byte[] bytes() {
    return buffer;
  }

  int offset() {
    return lineStart;
  }

  int length() {
    return lineLength;
  }

  /** The number of the current line, from 1. */
  long number() {
    return number;
  }

  private void take(int lineEnd, int nextStart) {
    lineStart = start;
    lineLength = lineEnd - start;
    start = nextStart;
    number++;
  }

  private void fill() throws IOException, BadRowException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    } else if (end == buffer.length) {
      if (buffer.length >= LONGEST_LINE) {
        exhausted = true;
        start = end;
        throw new BadRowException(
            number + 1, "the line is longer than " + LONGEST_LINE + " bytes; is this a text file?");
      }
      buffer = Arrays.copyOf(buffer, Math.min(LONGEST_LINE, buffer.length * 2));
    }
    int read = input.read(buffer, end, buffer.length - end);
    if (read < 0) {
      exhausted = true;
    } else {
      end += read;
    }
  }
}
