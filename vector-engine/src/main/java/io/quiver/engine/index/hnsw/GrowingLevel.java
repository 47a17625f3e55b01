package io.quiver.engine.index.hnsw;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One level while a graph is built: links, and with each the rank between its two ends, so that an
 * overfull row is pruned without ranking all its links again.
 */
final class GrowingLevel {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

  private final LinkTable links;
  private final MemorySegment ranks;
  private final AtomicInteger used = new AtomicInteger();

  /** Over links that are in their final place, for so many nodes. */
  GrowingLevel(Arena arena, LinkTable links, int nodes) {
    this.links = links;
    this.ranks = arena.allocate(Math.max(4, 4L * nodes * links.degree()), 64);
  }

  LinkTable links() {
    return links;
  }

  /** Nodes there are; only above level 0. */
  int used() {
    return used.get();
  }

  /** Takes over the first nodes of a smaller table. */
  void copyFrom(GrowingLevel smaller, int nodes) {
    links.copyFrom(smaller.links, nodes);
    MemorySegment.copy(smaller.ranks, 0, ranks, 0, 4L * nodes * links.degree());
    used.set(smaller.used.get());
  }

  /** Takes a number for a new node; only above level 0. */
  int add(int row, int below) {
    int node = used.getAndIncrement();
    links.setHead(node, row, below);
    return node;
  }

  float rank(int node, int i) {
    return ranks.get(FLOAT, 4L * ((long) node * links.degree() + i));
  }

  void set(int node, int i, int to, float rank) {
    ranks.set(FLOAT, 4L * ((long) node * links.degree() + i), rank);
    links.setLink(node, i, to);
  }
}
