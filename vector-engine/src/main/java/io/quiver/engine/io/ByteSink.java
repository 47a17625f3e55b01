package io.quiver.engine.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Where a section of a file is written, from its start to its end, in little-endian order. */
public interface ByteSink {
  /** Bytes written to this section so far. */
  long position();

  /** Writes all bytes of {@code source}. */
  void write(MemorySegment source) throws IOException;

  /** Writes zeros until the position is a multiple of {@code bytes}, a power of two. */
  void align(int bytes) throws IOException;
}
