package io.quiver.engine.io;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** One open file of a {@link FileStore}. For one thread at a time. */
public interface StoredFile extends Closeable {
  /** Bytes in the file. */
  long size() throws IOException;

  /** Writes all bytes of {@code source} from {@code position} on, growing the file as needed. */
  void write(MemorySegment source, long position) throws IOException;

  /** Fills {@code target} from {@code position} on; fails if the file ends before. */
  void read(MemorySegment target, long position) throws IOException;

  /** Cuts the file to {@code size}, which is not more than it has. */
  void truncate(long size) throws IOException;

  /** Returns when every byte written, and the size, would survive a power cut. */
  void force() throws IOException;
}
