package io.quiver.engine.index;

import java.util.Arrays;

/** The nearest so many keys of a stream: a bounded heap with the farthest on top. */
public final class NearestHeap {
  private long[] keys = {};
  private int size;
  private int capacity;

  /** Empties it, to hold at most {@code most}. Memory grows as keys come. */
  public void reset(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("A heap holds at least one: " + most);
    }
    capacity = most;
    size = 0;
  }

  public int size() {
    return size;
  }

  public boolean isFull() {
    return size == capacity;
  }

  /** A key at or beyond this one is not kept. */
  public long bound() {
    return size == capacity ? keys[0] : RankKey.FARTHEST;
  }

  /** Keeps the key if it is among the nearest so far. */
  public void offer(long key) {
    if (size < capacity) {
      append(key);
    } else if (key < keys[0]) {
      siftDown(key);
    }
  }

  private void append(long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, Math.max(64, Math.min(2 * size, capacity)));
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (keys[parent] >= key) {
        break;
      }
      keys[at] = keys[parent];
      at = parent;
    }
    keys[at] = key;
  }

  private void siftDown(long key) {
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && keys[child + 1] > keys[child]) {
        child++;
      }
      if (keys[child] <= key) {
        break;
      }
      keys[at] = keys[child];
      at = child;
    }
    keys[at] = key;
  }

  /** Sorts the keys, nearest first, and hands out the array; the heap is to be reset next. */
  public long[] sorted() {
    Arrays.sort(keys, 0, size);
    return keys;
  }
}
