package io.quiver.engine.index.hnsw;

import java.util.List;

/**
 * A graph over rows that are becoming part of a new segment: a new graph begins with it, or learns
 * from it what is near.
 */
public final class FormerGraph {
  private final HnswGraph graph;
  private final int[] counts;
  private final int[] newRows;
  private final List<FormerGraph> ofTenants;

  /**
   * @param counts nodes on each level; on level 0 rows that are linked
   * @param newRows for each row its number in the new segment, -1 where it is left out
   */
  FormerGraph(HnswGraph graph, int[] counts, int[] newRows) {
    this(graph, counts, newRows, List.of());
  }

  private FormerGraph(HnswGraph graph, int[] counts, int[] newRows, List<FormerGraph> ofTenants) {
    this.graph = graph;
    this.counts = counts;
    this.newRows = newRows;
    this.ofTenants = ofTenants;
  }

  /** The same with graphs over the rows of tenants. */
  FormerGraph with(List<FormerGraph> graphs) {
    return new FormerGraph(graph, counts, newRows, List.copyOf(graphs));
  }

  /**
   * Adds this graph and those of its tenants as far as they go into some rows of the new segment,
   * the first of which is row 0 of what is built.
   *
   * @param to the row after the last
   */
  void addWithin(int from, int to, List<FormerGraph> graphs) {
    int[] within = new int[newRows.length];
    boolean any = false;
    for (int row = 0; row < within.length; row++) {
      boolean in = newRows[row] >= from && newRows[row] < to;
      within[row] = in ? newRows[row] - from : -1;
      any |= in;
    }
    if (any) {
      graphs.add(new FormerGraph(graph, counts, within));
      // Last, since what comes last is preferred.
      ofTenants.forEach(each -> each.addWithin(from, to, graphs));
    }
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
  public int kept() {
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
