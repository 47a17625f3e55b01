package io.quiver.engine.kernel;

/** Fills a batch up to whole steps by repeating its last row, so that no tail needs other code. */
final class RowBatch {
  private RowBatch() {}

  /** Pads to a multiple of four, or of eight beyond four, and returns the new end. */
  static int pad(long[] offsets, int from, int count) {
    if (count == 0) {
      return from;
    }
    int end = from + count;
    int padded = from + (((count & 7) - 1 & 7) < 4 ? count + 3 & ~3 : count + 7 & ~7);
    long last = offsets[end - 1];
    while (end < padded) {
      offsets[end++] = last;
    }
    return padded;
  }
}
