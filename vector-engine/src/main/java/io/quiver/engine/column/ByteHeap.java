package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Byte strings of any length in off-heap chunks that are never moved.
 *
 * <p>An address is a chunk number (upper half) and an offset in it (lower half); no string crosses
 * a chunk. Chunks grow from 4 KiB to 1 MiB, a longer string has one to itself. As in {@link
 * Chunks}, whoever learns of an address learns of its chunk with it.
 */
final class ByteHeap {
  private static final int FIRST = 4 << 10;
  private static final int LARGEST = 1 << 20;
  private static final int ALIGNMENT = 8;

  private final Arena arena;
  private MemorySegment[] chunks = new MemorySegment[0];
  private int used;
  private long bytes;

  ByteHeap(Arena arena) {
    this.arena = arena;
  }

  /** Makes room for some bytes, aligned to 8, and gives their address. */
  long allocate(long length) {
    long end = used + length;
    if (chunks.length == 0 || end > chunks[chunks.length - 1].byteSize()) {
      long usual = Math.min(LARGEST, (long) FIRST << Math.min(chunks.length, 8));
      MemorySegment[] more = Arrays.copyOf(chunks, chunks.length + 1);
      more[chunks.length] = arena.allocate(Math.max(usual, length), ALIGNMENT);
      bytes += more[chunks.length].byteSize();
      chunks = more;
      used = 0;
      end = length;
    }
    long address = (long) (chunks.length - 1) << 32 | used;
    used = (int) Math.min(Integer.MAX_VALUE & -ALIGNMENT, (end + ALIGNMENT - 1) & -ALIGNMENT);
    return address;
  }

  /** Copies a byte string in and gives its address. */
  long append(byte[] value) {
    long address = allocate(value.length);
    MemorySegment.copy(
        value, 0, segment(address), LittleEndian.BYTE, offset(address), value.length);
    return address;
  }

  MemorySegment segment(long address) {
    return chunks[(int) (address >>> 32)];
  }

  static long offset(long address) {
    return address & 0xFFFF_FFFFL;
  }

  long bytes() {
    return bytes;
  }
}
