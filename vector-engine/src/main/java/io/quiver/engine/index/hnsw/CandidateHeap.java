package io.quiver.engine.index.hnsw;

import java.util.Arrays;

/** Keys with the nearest on top; grows as needed. */
final class CandidateHeap {
  private long[] keys = new long[1024];
  private int size;

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (keys[parent] <= key) {
        break;
      }
      keys[at] = keys[parent];
      at = parent;
    }
    keys[at] = key;
  }

  long takeNearest() {
    long nearest = keys[0];
    long last = keys[--size];
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && keys[child + 1] < keys[child]) {
        child++;
      }
      if (keys[child] >= last) {
        break;
      }
      keys[at] = keys[child];
      at = child;
    }
    keys[at] = last;
    return nearest;
  }
}
