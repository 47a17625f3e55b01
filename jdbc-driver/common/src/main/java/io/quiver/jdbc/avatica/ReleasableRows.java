package io.quiver.jdbc.avatica;

import java.util.Iterator;

/**
 * Rows that hold something, such as a snapshot, until they are released. Each row is an {@code
 * Object[]} or a {@code List}.
 */
public interface ReleasableRows extends Iterator<Object> {
  /** Gives back what the rows hold; nothing on a second call. */
  void release();
}
