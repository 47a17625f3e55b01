package io.quiver.engine.column;

/** Dictionary codes by position. */
public interface CodeReader {
  /** The code at a position; 0 for a row without a value. */
  int code(long position);

  /** Reads {@code count} codes from {@code from} on. */
  void read(long from, int count, long[] into);
}
