package io.quiver.engine.index.hnsw;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** A spin lock for each of many nodes; held for the few hundred nanoseconds a row is rewritten. */
final class NodeLocks {
  private static final int STRIPES = 1 << 14;

  private final AtomicIntegerArray held = new AtomicIntegerArray(STRIPES);

  void lock(int level, int node) {
    int stripe = stripe(level, node);
    while (!held.compareAndSet(stripe, 0, 1)) {
      Thread.onSpinWait();
    }
  }

  void unlock(int level, int node) {
    held.setRelease(stripe(level, node), 0);
  }

  private static int stripe(int level, int node) {
    return (node + level * 7919) & (STRIPES - 1);
  }
}
