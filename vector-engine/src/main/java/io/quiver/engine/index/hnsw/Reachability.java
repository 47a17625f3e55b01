package io.quiver.engine.index.hnsw;

/** Follows all links of level 0 from given nodes. */
final class Reachability {
  private final LinkTable links;
  private final VisitedNodes reached = new VisitedNodes();
  private final int[] waiting;
  private int count;

  Reachability(LinkTable links, int rows) {
    this.links = links;
    this.waiting = new int[rows];
    reached.clear(rows);
  }

  /** Adds what can be reached from a node. */
  void from(int start) {
    if (!reached.add(start)) {
      return;
    }
    int end = 0;
    waiting[end++] = start;
    count++;
    while (end > 0) {
      int node = waiting[--end];
      for (int i = 0; i < links.degree(); i++) {
        int to = links.link(node, i);
        if (to < 0) {
          break;
        }
        if (reached.add(to)) {
          waiting[end++] = to;
          count++;
        }
      }
    }
  }

  /** Whether a node has been reached. */
  boolean has(int node) {
    return reached.contains(node);
  }

  /** How many nodes have been reached. */
  int count() {
    return count;
  }
}
