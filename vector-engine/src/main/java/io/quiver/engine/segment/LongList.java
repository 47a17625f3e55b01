package io.quiver.engine.segment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Longs outside the heap, appended by one thread, read by any that has learnt of the append.
 *
 * <p>Chunks never move. The array of chunks is replaced when it grows, through a plain field:
 * whoever learns of an element learns of the array with it.
 */
final class LongList {
  private static final int SHIFT = 12;
  private static final int MASK = (1 << SHIFT) - 1;

  private final Arena arena;
  private MemorySegment[] chunks = new MemorySegment[0];
  private int size;

  LongList(Arena arena) {
    this.arena = arena;
  }

  void append(long value) {
    int chunk = size >>> SHIFT;
    if (chunk == chunks.length) {
      MemorySegment[] more = Arrays.copyOf(chunks, chunk + 1);
      more[chunk] = arena.allocate((long) Long.BYTES << SHIFT, 64);
      chunks = more;
    }
    chunks[chunk].setAtIndex(ValueLayout.JAVA_LONG, size & MASK, value);
    size++;
  }

  long at(int index) {
    return chunks[index >>> SHIFT].getAtIndex(ValueLayout.JAVA_LONG, index & MASK);
  }

  int size() {
    return size;
  }

  long bytes() {
    return (long) chunks.length * Long.BYTES << SHIFT;
  }
}
