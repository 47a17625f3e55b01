package io.quiver.engine.io;

/** The 64 bytes that memory is read in, at whose multiples the parts of index files begin. */
public final class CacheLine {
  public static final int BYTES = 64;

  private CacheLine() {}

  /** The next multiple at or after an offset. */
  public static long align(long offset) {
    return (offset + BYTES - 1) & -BYTES;
  }
}
