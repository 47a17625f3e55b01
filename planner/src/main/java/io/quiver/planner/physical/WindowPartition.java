package io.quiver.planner.physical;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one partition of a window in its order, and which of them are peers: equal in that
 * order.
 */
final class WindowPartition {
  private final List<@Nullable Object[]> rows;
  private final int[] firstPeer;
  private final int[] lastPeer;

  /**
   * @param rows in order
   */
  WindowPartition(List<@Nullable Object[]> rows, RowOrder order) {
    this.rows = rows;
    int size = rows.size();
    this.firstPeer = new int[size];
    this.lastPeer = new int[size];
    int first = 0;
    for (int i = 1; i <= size; i++) {
      if (i == size || order.compare(rows.get(first), rows.get(i)) != 0) {
        for (int peer = first; peer < i; peer++) {
          firstPeer[peer] = first;
          lastPeer[peer] = i - 1;
        }
        first = i;
      }
    }
  }

  int size() {
    return rows.size();
  }

  @Nullable Object[] row(int i) {
    return rows.get(i);
  }

  /** The first row that is a peer of this one; it is its own. */
  int firstPeer(int i) {
    return firstPeer[i];
  }

  int lastPeer(int i) {
    return lastPeer[i];
  }
}
