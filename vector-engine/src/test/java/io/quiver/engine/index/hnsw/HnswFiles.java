package io.quiver.engine.index.hnsw;

import io.quiver.engine.io.ByteSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** What an index writes, in memory. */
final class HnswFiles {
  private HnswFiles() {}

  static byte[] bytes(HnswIndex index) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteSink sink =
        new ByteSink() {
          @Override
          public long position() {
            return out.size();
          }

          @Override
          public void write(MemorySegment source) {
            out.writeBytes(source.toArray(ValueLayout.JAVA_BYTE));
          }

          @Override
          public void align(int bytes) {
            while (out.size() % bytes != 0) {
              out.write(0);
            }
          }
        };
    try {
      index.writeTo(sink);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Native memory with these bytes, as a mapped file would be. */
  static MemorySegment mapped(Arena arena, byte[] bytes) {
    MemorySegment segment = arena.allocate(Math.max(1, bytes.length), 64);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return segment.asSlice(0, bytes.length);
  }
}
