package io.quiver.engine.kernel;

/** Fills a batch up to whole steps by repeating its last row, so that no tail needs other code. */
final class RowBatch {
  private RowBatch() {}

  /** Pads to a multiple of four, or of eight beyond four, and returns the padded count. */
  static int pad(long[] offsets, int count) {
    if (count == 0) {
      return 0;
    }
    int padded = ((count - 1) & 7) < 4 ? (count + 3) & ~3 : (count + 7) & ~7;
    long last = offsets[count - 1];
    for (int i = count; i < padded; i++) {
      offsets[i] = last;
    }
    return padded;
  }
}
