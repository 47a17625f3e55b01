package io.quiver.engine.index.hnsw;

/**
 * A graph over rows that are becoming part of a new segment: a new graph begins with it, or learns
 * from it what is near.
 */
public final class FormerGraph {
  private final HnswGraph graph;
  private final int[] counts;
  private final int[] newRows;

  /**
   * @param counts nodes on each level; on level 0 rows that are linked
   * @param newRows for each row its number in the new segment, -1 where it is left out
   */
  FormerGraph(HnswGraph graph, int[] counts, int[] newRows) {
    this.graph = graph;
    this.counts = counts;
    this.newRows = newRows;
  }

  HnswGraph graph() {
    return graph;
  }

  /** The highest level that has nodes. */
  int top() {
    return counts.length - 1;
  }

  int count(int level) {
    return counts[level];
  }

  /** The number of a row in the new segment; -1 if it is left out or is no node. */
  int newRow(int row) {
    return row < counts[0] && graph.level(0).link(row, 0) != LinkTable.ABSENT ? newRows[row] : -1;
  }

  /** Nodes that are kept. */
  int kept() {
    int kept = 0;
    for (int row = 0; row < counts[0]; row++) {
      kept += newRow(row) >= 0 ? 1 : 0;
    }
    return kept;
  }

  /** Nodes there were. */
  int nodes() {
    int nodes = 0;
    for (int row = 0; row < counts[0]; row++) {
      nodes += graph.level(0).link(row, 0) == LinkTable.ABSENT ? 0 : 1;
    }
    return nodes;
  }
}
