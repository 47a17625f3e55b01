package io.quiver.engine.index.hnsw;

import io.quiver.engine.io.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The links of one level: for each node a fixed number of ints, ended by -1 where there are fewer.
 *
 * <p>On level 0 a node is a row, and 16 links a level make its 32 ints here two cache lines. On a
 * level above, nodes are numbered by level, links name nodes of the same level, and before the
 * links stand the node's row and its number on the level below. A finished level above has its rows
 * in an array as well: a descent asks for the rows of all neighbours of a node, and would miss the
 * cache for each.
 */
final class LinkTable {
  static final ValueLayout.OfInt INT = LittleEndian.INT;

  /** In place of a first link: the row has no vector and is no node. */
  static final int ABSENT = -2;

  private static final int UPPER_HEAD = 8;

  private final MemorySegment memory;
  private final long base;
  private final int stride;
  private final int degree;
  private final boolean upper;
  private final int @Nullable [] rows;

  private LinkTable(
      MemorySegment memory,
      long base,
      int stride,
      int degree,
      boolean upper,
      int @Nullable [] rows) {
    this.memory = memory;
    this.base = base;
    this.stride = stride;
    this.degree = degree;
    this.upper = upper;
    this.rows = rows;
  }

  /** Level 0 of a graph with {@code m} links a node above, which starts at {@code base}. */
  static LinkTable ground(MemorySegment memory, long base, int m) {
    return new LinkTable(memory, base, groundStride(m), 2 * m, false, null);
  }

  /** A level above 0, which starts at {@code base}. */
  static LinkTable upper(MemorySegment memory, long base, int m) {
    return new LinkTable(memory, base + UPPER_HEAD, upperStride(m), m, true, null);
  }

  /** The same level once it is finished, with so many nodes. */
  LinkTable finished(int nodes) {
    if (!upper) {
      return this;
    }
    int[] all = new int[nodes];
    for (int node = 0; node < nodes; node++) {
      all[node] = row(node);
    }
    return new LinkTable(memory, base, stride, degree, true, all);
  }

  /** Bytes a node on level 0: whole cache lines. */
  static int groundStride(int m) {
    return (8 * m + 63) & -64;
  }

  /** Bytes a node on a level above. */
  static int upperStride(int m) {
    return UPPER_HEAD + 4 * m;
  }

  /** Links a node has at most. */
  int degree() {
    return degree;
  }

  boolean isUpper() {
    return upper;
  }

  MemorySegment memory() {
    return memory;
  }

  /** Where a node's links begin. */
  long at(int node) {
    return base + (long) node * stride;
  }

  /** Link {@code i} of a node, or a negative number beyond the last. */
  int link(int node, int i) {
    return memory.get(INT, at(node) + 4L * i);
  }

  void setLink(int node, int i, int to) {
    memory.set(INT, at(node) + 4L * i, to);
  }

  /** Copies the first nodes of another table of this shape. */
  void copyFrom(LinkTable other, int nodes) {
    long head = upper ? UPPER_HEAD : 0;
    MemorySegment.copy(
        other.memory, other.at(0) - head, memory, at(0) - head, (long) nodes * stride);
  }

  /** How many links a node has. */
  int count(int node) {
    int count = 0;
    while (count < degree && link(node, count) >= 0) {
      count++;
    }
    return count;
  }

  /** The row of a node. */
  int row(int node) {
    if (!upper) {
      return node;
    }
    return rows == null ? memory.get(INT, at(node) - UPPER_HEAD) : rows[node];
  }

  /** The same row's node on the level below; only above level 0. */
  int below(int node) {
    return memory.get(INT, at(node) - UPPER_HEAD + 4);
  }

  void setHead(int node, int row, int below) {
    memory.set(INT, at(node) - UPPER_HEAD, row);
    memory.set(INT, at(node) - UPPER_HEAD + 4, below);
  }
}
