package io.quiver.planner.transfer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads a file row by row, holding no more than one of them. For one thread. */
public interface RowReader extends AutoCloseable {
  /**
   * The next row, or null at the end.
   *
   * @throws BadRowException if this row is malformed; reading may go on
   * @throws IOException if the file cannot be read any further
   */
  @Nullable SourceRow next() throws IOException, BadRowException;

  /** How many bytes of the file have been read, out of its size on disk. */
  long bytesRead();

  /** Whether every value is text, whatever it stands for, as in CSV. */
  boolean isText();

  @Override
  void close() throws IOException;
}
