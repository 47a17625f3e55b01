package io.quiver.engine.index.hnsw;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.io.CacheLine;
import io.quiver.engine.io.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A finished graph: one piece of memory, the same in the process and on disk. Immutable, safe for
 * all threads.
 *
 * <p>Layout, little-endian, parts aligned to 64 bytes (docs/format.md, "HNSW graph"):
 *
 * <pre>
 *   0  u64  magic "QVHNSW\0\1"
 *   8  u32  rows
 *  12  u32  nodes: rows that have a vector
 *  16  u32  m
 *  20  u32  levels above level 0, at most 15
 *  24  i32  entry: a node of the highest level, -1 where there are no nodes
 *  28  u32  ef_construction
 *  32  u64  seed
 *  40  u64  total bytes
 *  48  f32  spread: see {@link GraphSpread}, 0 where it was not measured
 *  64  u32  nodes on level 1 to 15
 * 128       level 0: per row 2m i32 links, then -1 up to a multiple of 64 bytes
 *           level 1 and above: per node i32 row, i32 node one level down, m i32 links
 * </pre>
 */
final class HnswGraph {
  static final int LEVELS_MOST = 15;

  private static final long MAGIC = 0x0100_5753_4E48_5651L;
  private static final int HEADER = 128;
  private static final int SPREAD_AT = 48;
  private static final int LEVEL_COUNTS_AT = 64;
  private static final ValueLayout.OfInt INT = LinkTable.INT;
  private static final ValueLayout.OfFloat FLOAT = LittleEndian.FLOAT;
  private static final ValueLayout.OfLong LONG = LittleEndian.LONG;

  private final MemorySegment image;
  private final int rows;
  private final int nodes;
  private final int m;
  private int entry;
  private volatile float spread;
  private final int[] counts;
  private final LinkTable[] levels;
  private final long byteSize;

  private HnswGraph(MemorySegment image) {
    if (image.byteSize() < HEADER || image.get(LONG, 0) != MAGIC) {
      throw new CorruptDataException("A graph does not begin with its mark");
    }
    this.image = image;
    this.rows = image.get(INT, 8);
    this.nodes = image.get(INT, 12);
    this.m = image.get(INT, 16);
    int above = image.get(INT, 20);
    this.entry = image.get(INT, 24);
    this.byteSize = image.get(LONG, 40);
    this.spread = image.get(FLOAT, SPREAD_AT);
    check(rows >= 0 && nodes >= 0 && nodes <= rows, "nodes", nodes);
    check(spread >= 0 && spread <= GraphSpread.MOST, "spread", Float.floatToIntBits(spread));
    check(m >= 1 && m <= 1024, "m", m);
    check(above >= 0 && above <= LEVELS_MOST, "levels", above);
    this.counts = new int[above + 1];
    this.levels = new LinkTable[above + 1];
    counts[0] = rows;
    levels[0] = LinkTable.ground(image, HEADER, m);
    long end = HEADER + (long) rows * LinkTable.groundStride(m);
    for (int level = 1; level <= above; level++) {
      counts[level] = image.get(INT, LEVEL_COUNTS_AT + 4L * (level - 1));
      check(counts[level] >= 0 && counts[level] <= nodes, "nodes on a level", counts[level]);
      levels[level] = LinkTable.upper(image, end, m);
      end = CacheLine.align(end + (long) counts[level] * LinkTable.upperStride(m));
    }
    check(nodes == 0 ? entry == -1 : entry >= 0 && entry < counts[above], "entry", entry);
    check(byteSize == end && image.byteSize() >= end, "bytes", byteSize);
  }

  private static void check(boolean holds, String what, long found) {
    if (!holds) {
      throw new CorruptDataException("A graph's header is wrong: " + what + " " + found);
    }
  }

  /** Reads a graph where it is. */
  static HnswGraph map(MemorySegment image) {
    HnswGraph graph = new HnswGraph(image);
    for (int level = 1; level < graph.levels.length; level++) {
      graph.levels[level] = graph.levels[level].finished(graph.counts[level]);
    }
    return graph;
  }

  /** A graph whose links, all -1, are still to be written. */
  static HnswGraph allocate(
      Arena arena, int rows, int nodes, int m, int efConstruction, long seed, int[] counts) {
    long end = HEADER + (long) rows * LinkTable.groundStride(m);
    for (int level = 1; level < counts.length; level++) {
      end = CacheLine.align(end + (long) counts[level] * LinkTable.upperStride(m));
    }
    MemorySegment image = arena.allocate(end, 64);
    image.set(LONG, 0, MAGIC);
    image.set(INT, 8, rows);
    image.set(INT, 12, nodes);
    image.set(INT, 16, m);
    image.set(INT, 20, counts.length - 1);
    image.set(INT, 24, nodes == 0 ? -1 : 0);
    image.set(INT, 28, efConstruction);
    image.set(LONG, 32, seed);
    image.set(LONG, 40, end);
    for (int level = 1; level < counts.length; level++) {
      image.set(INT, LEVEL_COUNTS_AT + 4L * (level - 1), counts[level]);
    }
    image.asSlice(HEADER).fill((byte) 0xFF);
    return new HnswGraph(image);
  }

  /** Says where searches begin, once the links are written. */
  void setEntry(int node) {
    image.set(INT, 24, node);
    entry = node;
  }

  /** How fast distances grow from neighbour to neighbour; 0 where it is not known. */
  float spread() {
    return spread;
  }

  void setSpread(float measured) {
    image.set(FLOAT, SPREAD_AT, measured);
    spread = measured;
  }

  /**
   * What of a graph a search sees.
   *
   * @param rows that are linked: of a finished graph all
   * @param nodes those of them that have a vector
   * @param level of the entry
   * @param entry a node of that level, -1 where there are no nodes
   */
  record Extent(int rows, int nodes, int level, int entry) {}

  /** All of it. */
  Extent extent() {
    return new Extent(rows, nodes, top(), entry);
  }

  MemorySegment image() {
    return image;
  }

  long byteSize() {
    return byteSize;
  }

  /** Rows the graph was built over, those without a vector included. */
  int rows() {
    return rows;
  }

  /** Rows that can be found. */
  int nodes() {
    return nodes;
  }

  int m() {
    return m;
  }

  /** The highest level. */
  int top() {
    return levels.length - 1;
  }

  LinkTable level(int level) {
    return levels[level];
  }

  /** Nodes on a level; on level 0 rows. */
  int count(int level) {
    return counts[level];
  }

  /** Where every search begins: a node of the highest level, or -1. */
  int entry() {
    return entry;
  }

  /** The row of the entry. */
  int entryRow() {
    return levels[top()].row(entry);
  }
}
