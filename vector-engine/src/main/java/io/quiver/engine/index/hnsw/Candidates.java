package io.quiver.engine.index.hnsw;

import io.quiver.engine.kernel.RowScorer;

/** Nodes that may become links of one node, nearest first, with their rows and ranks. */
final class Candidates {
  private final int[] nodes;
  private final int[] rows;
  private final float[] ranks;
  private int count;

  Candidates(int most) {
    nodes = new int[most];
    rows = new int[most + RowScorer.SLACK];
    ranks = new float[most + RowScorer.SLACK];
  }

  void clear() {
    count = 0;
  }

  int count() {
    return count;
  }

  int node(int i) {
    return nodes[i];
  }

  int row(int i) {
    return rows[i];
  }

  float rank(int i) {
    return ranks[i];
  }

  /** Adds one that is no nearer than those before. */
  void append(int node, int row, float rank) {
    nodes[count] = node;
    rows[count] = row;
    ranks[count] = rank;
    count++;
  }

  /**
   * Adds one where it belongs by rank; equally near ones in the order of their number exclusive-or
   * {@code salt}, see {@link NearestPool#salt}.
   */
  void insert(int node, int row, float rank, int salt) {
    int at = count++;
    while (at > 0 && isNearer(rank, node, at - 1, salt)) {
      nodes[at] = nodes[at - 1];
      rows[at] = rows[at - 1];
      ranks[at] = ranks[at - 1];
      at--;
    }
    nodes[at] = node;
    rows[at] = row;
    ranks[at] = rank;
  }

  private boolean isNearer(float rank, int node, int than, int salt) {
    return rank < ranks[than] || (rank == ranks[than] && (node ^ salt) < (nodes[than] ^ salt));
  }
}
