package io.quiver.planner.columnar;

import java.util.Arrays;

/** Numbers different longs from 0 in the order in which they come. For one thread. */
final class LongIds {
  private static final int EMPTY = -1;

  private long[] values = new long[16];
  private int[] table = new int[32];
  private int size;

  LongIds() {
    Arrays.fill(table, EMPTY);
  }

  /** The number of a value, a new one if it was not there. */
  int id(long value) {
    int mask = table.length - 1;
    int slot = hash(value) & mask;
    int id = table[slot];
    while (id != EMPTY) {
      if (values[id] == value) {
        return id;
      }
      slot = (slot + 1) & mask;
      id = table[slot];
    }
    return add(value, slot);
  }

  private int add(long value, int slot) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
      table = new int[2 * table.length];
      Arrays.fill(table, EMPTY);
      for (int id = 0; id < size; id++) {
        table[free(values[id])] = id;
      }
      table[free(value)] = size;
    } else {
      table[slot] = size;
    }
    values[size] = value;
    return size++;
  }

  private int free(long value) {
    int mask = table.length - 1;
    int slot = hash(value) & mask;
    while (table[slot] != EMPTY) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private static int hash(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32 ^ mixed >>> 47);
  }

  int size() {
    return size;
  }

  /** The value with a number. */
  long value(int id) {
    return values[id];
  }
}
