package io.quiver.engine.index.hnsw;

import io.quiver.engine.CorruptDataException;

/**
 * Tests everything a walk relies on: every link names a node of its level, links end at the first
 * -1, a node stands for the same row on every level, and every node can be reached.
 */
final class GraphCheck {
  private final HnswGraph graph;

  GraphCheck(HnswGraph graph) {
    this.graph = graph;
  }

  /** Throws {@link CorruptDataException} at the first thing that is wrong. */
  void run() {
    checkGround();
    for (int level = 1; level <= graph.top(); level++) {
      checkUpper(level);
    }
    if (graph.nodes() > 0) {
      Reachability reachability = new Reachability(graph.level(0), graph.rows());
      reachability.from(graph.entryRow());
      if (reachability.count() != graph.nodes()) {
        throw new CorruptDataException(
            "A graph of "
                + graph.nodes()
                + " nodes is in pieces: "
                + reachability.count()
                + " can be reached");
      }
    }
  }

  private void checkGround() {
    LinkTable links = graph.level(0);
    int nodes = 0;
    for (int row = 0; row < graph.rows(); row++) {
      if (links.link(row, 0) != LinkTable.ABSENT) {
        nodes++;
        checkLinks(links, row, 0);
      }
    }
    if (nodes != graph.nodes()) {
      throw new CorruptDataException(
          "A graph says it has " + graph.nodes() + " nodes and has " + nodes);
    }
  }

  private void checkUpper(int level) {
    LinkTable links = graph.level(level);
    LinkTable lower = graph.level(level - 1);
    for (int node = 0; node < graph.count(level); node++) {
      int below = links.below(node);
      if (below < 0 || below >= graph.count(level - 1) || lower.row(below) != links.row(node)) {
        throw broken(level, node, "its node below, " + below + ", is not of the same row");
      }
      if (level == 1 && lower.link(below, 0) == LinkTable.ABSENT) {
        throw broken(level, node, "its row has no vector");
      }
      checkLinks(links, node, level);
    }
  }

  private void checkLinks(LinkTable links, int node, int level) {
    boolean ended = false;
    for (int i = 0; i < links.degree(); i++) {
      int to = links.link(node, i);
      if (to == -1) {
        ended = true;
      } else if (ended) {
        throw broken(level, node, "link " + to + " stands after the end");
      } else if (to < 0 || to >= graph.count(level) || to == node) {
        throw broken(level, node, "link " + to + " names no other node");
      } else if (level == 0 && links.link(to, 0) == LinkTable.ABSENT) {
        throw broken(level, node, "link " + to + " names a row without a vector");
      }
    }
  }

  private static CorruptDataException broken(int level, int node, String what) {
    return new CorruptDataException("Graph node " + node + " on level " + level + ": " + what);
  }
}
