package io.quiver.engine.index.hnsw;

import java.util.Arrays;
import java.util.List;

/** What former graphs know of which rows are near each other. */
final class NearRows {
  /** In place of a row: the neighbour is left out. */
  static final int LEFT_OUT = -1;

  /** In place of a row: there are no more neighbours. */
  static final int NO_LINK = -2;

  private final List<FormerGraph> formers;
  private final short[] graphs;
  private final int[] rows;

  /**
   * @param formers at most 32,767
   * @param count rows of the new segment
   */
  NearRows(List<FormerGraph> formers, int count) {
    this.formers = formers;
    this.graphs = new short[count];
    this.rows = new int[count];
    Arrays.fill(rows, -1);
    for (int i = 0; i < formers.size(); i++) {
      FormerGraph former = formers.get(i);
      for (int row = 0; row < former.count(0); row++) {
        int now = former.newRow(row);
        if (now >= 0) {
          graphs[now] = (short) i;
          rows[now] = row;
        }
      }
    }
  }

  /**
   * Collects those neighbours of a row in its former graph that are linked in the new one already.
   *
   * @param links of the new graph, level 0
   * @return how many there are in {@code near}
   */
  int collect(int row, LinkTable links, int[] near) {
    int former = rows[row];
    if (former < 0) {
      return 0;
    }
    FormerGraph graph = formers.get(graphs[row]);
    LinkTable before = graph.graph().level(0);
    int count = 0;
    for (int i = 0; i < before.degree() && count < near.length; i++) {
      int link = before.link(former, i);
      if (link < 0) {
        break;
      }
      int now = graph.newRow(link);
      if (now >= 0 && links.link(now, 0) >= 0) {
        near[count++] = now;
      }
    }
    return count;
  }

  /** Neighbour {@code i} of a row in its former graph, {@link #LEFT_OUT} or {@link #NO_LINK}. */
  int link(int row, int i) {
    int former = rows[row];
    if (former < 0) {
      return NO_LINK;
    }
    FormerGraph graph = formers.get(graphs[row]);
    LinkTable before = graph.graph().level(0);
    int link = i < before.degree() ? before.link(former, i) : NO_LINK;
    return link < 0 ? NO_LINK : graph.newRow(link);
  }
}
