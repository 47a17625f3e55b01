package io.quiver.engine.index.hnsw;

import java.lang.foreign.Arena;

/** A graph while it is built: what its inserting threads share. */
final class GrowingGraph {
  private final int rows;
  private final int m;
  private final int efConstruction;
  private final long seed;
  private final RowLevels rowLevels;
  private final GrowingLevel[] levels;
  private final NodeLocks locks = new NodeLocks();
  private volatile long entry = -1;

  /**
   * @param image the graph to fill, whose links are all -1
   * @param arena for what is needed while building only
   */
  GrowingGraph(HnswGraph image, int efConstruction, RowLevels rowLevels, long seed, Arena arena) {
    this.rows = image.rows();
    this.m = image.m();
    this.efConstruction = efConstruction;
    this.seed = seed;
    this.rowLevels = rowLevels;
    this.levels = new GrowingLevel[image.top() + 1];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = new GrowingLevel(arena, image.level(level), image.count(level));
    }
  }

  /**
   * Takes over what was built with less room.
   *
   * @param linked rows of it that are linked
   */
  void copyFrom(GrowingGraph smaller, int linked) {
    levels[0].copyFrom(smaller.levels[0], linked);
    for (int level = 1; level < smaller.levels.length; level++) {
      levels[level].copyFrom(smaller.levels[level], smaller.levels[level].used());
    }
    entry = smaller.entry;
  }

  int rows() {
    return rows;
  }

  int m() {
    return m;
  }

  int efConstruction() {
    return efConstruction;
  }

  long seed() {
    return seed;
  }

  NodeLocks locks() {
    return locks;
  }

  GrowingLevel level(int level) {
    return levels[level];
  }

  int levelOf(int row) {
    return rowLevels.of(row);
  }

  /** Where insertions begin: a level and a node of it; see the two methods below. */
  long entry() {
    return entry;
  }

  /** The row of the entry. */
  int entryRow() {
    return levels[levelOfEntry(entry)].links().row(nodeOfEntry(entry));
  }

  static int levelOfEntry(long entry) {
    return (int) (entry >>> 32);
  }

  static int nodeOfEntry(long entry) {
    return (int) entry;
  }

  /** Makes a node the entry, unless one on as high a level came first. */
  synchronized void raiseEntry(int level, int node) {
    if (entry < 0 || level > levelOfEntry(entry)) {
      entry = ((long) level << 32) | node;
    }
  }
}
