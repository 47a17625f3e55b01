package io.quiver.engine.column;

import io.quiver.engine.io.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Where each row's share of a {@link ByteHeap} starts, and how many things are in it. */
final class Spans {
  private static final int WIDTH = 16;

  private final Chunks spans;
  private final ByteHeap heap;

  Spans(Arena arena) {
    this.spans = new Chunks(arena, WIDTH, 512);
    this.heap = new ByteHeap(arena);
  }

  ByteHeap heap() {
    return heap;
  }

  void put(int row, long address, int count) {
    spans.ensure(row);
    MemorySegment chunk = spans.of(row);
    long at = spans.offset(row);
    chunk.set(LittleEndian.LONG, at, address);
    chunk.set(LittleEndian.INT, at + Long.BYTES, count);
  }

  int count(int row) {
    return spans.of(row).get(LittleEndian.INT, spans.offset(row) + Long.BYTES);
  }

  long address(int row) {
    return spans.of(row).get(LittleEndian.LONG, spans.offset(row));
  }

  MemorySegment segment(int row) {
    return heap.segment(address(row));
  }

  long offset(int row) {
    return ByteHeap.offset(address(row));
  }

  long bytes() {
    return spans.bytes() + heap.bytes();
  }
}
