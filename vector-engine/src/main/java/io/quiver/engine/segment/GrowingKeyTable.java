package io.quiver.engine.segment;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.function.IntPredicate;

/**
 * The newest row of each key, by hash: open addressing with linear probing, outside the heap.
 *
 * <p>One thread puts; any thread finds. A slot is written once its row can be read. A larger table
 * replaces a full one; whoever still reads the old one misses only rows newer than what it knew of.
 */
final class GrowingKeyTable {
  private static final VarHandle SLOT = ValueLayout.JAVA_INT.varHandle();
  private static final int FIRST_SLOTS = 64;

  private final Arena arena;
  private final LongList hashes;
  private volatile MemorySegment slots;
  private int used;

  /**
   * @param hashes of all rows, by row
   */
  GrowingKeyTable(Arena arena, LongList hashes) {
    this.arena = arena;
    this.hashes = hashes;
    this.slots = arena.allocate(FIRST_SLOTS * 4L, 64);
  }

  /** The row in the slot of a key, or -1. */
  int find(long hash, IntPredicate isKey) {
    MemorySegment table = slots;
    int mask = (int) (table.byteSize() >>> 2) - 1;
    for (int slot = (int) hash & mask; ; slot = slot + 1 & mask) {
      int row = (int) SLOT.getAcquire(table, slot * 4L) - 1;
      if (row < 0 || (hashes.at(row) == hash && isKey.test(row))) {
        return row;
      }
    }
  }

  /** Makes {@code row} the newest of its key; {@code before} is what {@link #find} gave for it. */
  void put(long hash, int row, int before) {
    if (before < 0 && used >= slots.byteSize() >>> 3) {
      grow();
    }
    MemorySegment table = slots;
    int mask = (int) (table.byteSize() >>> 2) - 1;
    int slot = (int) hash & mask;
    while (true) {
      int there = (int) SLOT.get(table, slot * 4L) - 1;
      if (there == before) {
        SLOT.setRelease(table, slot * 4L, row + 1);
        used += before < 0 ? 1 : 0;
        return;
      }
      slot = slot + 1 & mask;
    }
  }

  private void grow() {
    MemorySegment old = slots;
    MemorySegment table = arena.allocate(old.byteSize() * 2, 64);
    int mask = (int) (table.byteSize() >>> 2) - 1;
    for (long at = 0; at < old.byteSize(); at += 4) {
      int row = (int) SLOT.get(old, at) - 1;
      if (row >= 0) {
        int slot = (int) hashes.at(row) & mask;
        while ((int) SLOT.get(table, slot * 4L) != 0) {
          slot = slot + 1 & mask;
        }
        SLOT.set(table, slot * 4L, row + 1);
      }
    }
    slots = table;
  }

  long bytes() {
    return slots.byteSize() * 2;
  }
}
