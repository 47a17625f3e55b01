package io.quiver.engine.column;

import io.quiver.engine.io.ByteSink;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A section in memory, to be mapped again. */
public final class MemorySink implements ByteSink {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public long position() {
    return bytes.size();
  }

  @Override
  public void write(MemorySegment source) {
    bytes.writeBytes(source.toArray(ValueLayout.JAVA_BYTE));
  }

  @Override
  public void align(int multiple) {
    while (bytes.size() % multiple != 0) {
      bytes.write(0);
    }
  }

  public byte[] bytes() {
    return bytes.toByteArray();
  }

  /** The section off the heap, as a mapped file would be. */
  public MemorySegment map(Arena arena) {
    return map(bytes(), arena);
  }

  public static MemorySegment map(byte[] bytes, Arena arena) {
    MemorySegment copy = arena.allocate(bytes.length, 64);
    MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return copy;
  }
}
