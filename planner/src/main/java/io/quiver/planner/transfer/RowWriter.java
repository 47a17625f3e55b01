package io.quiver.planner.transfer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that rows of a query are written to. For one thread. */
public interface RowWriter extends AutoCloseable {
  /** Writes a row, its values as plans handle them. */
  void write(@Nullable Object[] row) throws IOException;

  /** Ends the file; it is whole only when this has returned. */
  @Override
  void close() throws IOException;
}
