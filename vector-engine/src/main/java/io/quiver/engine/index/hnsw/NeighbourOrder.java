package io.quiver.engine.index.hnsw;

import java.util.BitSet;
import java.util.List;

/**
 * An order of rows in which neighbours lie side by side, so that a walk meets codes, links and
 * vectors in pages and cache lines that it has touched: depth first along the links of the graphs
 * the rows are in so far.
 *
 * <p>Rows stay within windows of the order they come in, so that what grows from row to row, such
 * as a time, still lies in few blocks, and a merge reads its sources nearly in their order.
 */
public final class NeighbourOrder {
  /** Windows are so wide at least, 16 blocks of a zone map, and there are so many at most. */
  private static final int WINDOW_LEAST = 1 << 16;

  private static final int WINDOWS_MOST = 8;

  private final NearRows near;
  private final int count;
  private final int window;
  private final BitSet seen;
  private final int[] order;
  private final int[] path;
  private final short[] nextLink;
  private int placed;

  private NeighbourOrder(List<FormerGraph> graphs, int count, int window) {
    this.near = new NearRows(graphs, count);
    this.count = count;
    this.window = window;
    this.seen = new BitSet(count);
    this.order = new int[count];
    this.path = new int[Math.min(count, window)];
    this.nextLink = new short[path.length];
  }

  /**
   * For each place which row comes there.
   *
   * @param graphs over rows that are among these; rows in none keep their order
   * @param count rows, as numbered by the graphs' new rows
   */
  public static int[] of(List<FormerGraph> graphs, int count) {
    return of(graphs, count, Math.max(WINDOW_LEAST, (count + WINDOWS_MOST - 1) / WINDOWS_MOST));
  }

  static int[] of(List<FormerGraph> graphs, int count, int window) {
    NeighbourOrder neighbours = new NeighbourOrder(graphs, count, window);
    for (int row = 0; row < count; row++) {
      if (!neighbours.seen.get(row)) {
        neighbours.placeFrom(row);
      }
    }
    return neighbours.order;
  }

  /** Places a row and what is reached from it within its window. */
  private void placeFrom(int start) {
    int from = start / window * window;
    int to = (int) Math.min(count, (long) from + window);
    int depth = place(start, 0);
    while (depth > 0) {
      int row = path[depth - 1];
      int next = near.link(row, nextLink[depth - 1]++);
      if (next == NearRows.NO_LINK) {
        depth--;
      } else if (next >= from && next < to && !seen.get(next)) {
        depth = place(next, depth);
      }
    }
  }

  private int place(int row, int depth) {
    seen.set(row);
    order[placed++] = row;
    path[depth] = row;
    nextLink[depth] = 0;
    return depth + 1;
  }
}
