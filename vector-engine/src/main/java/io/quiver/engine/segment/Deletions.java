package io.quiver.engine.segment;

import io.quiver.engine.search.RowBitmap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a segment are deleted, and since when.
 *
 * <p>Kept twice: by row, as the log position of the deletion, for questions about one row; and as a
 * list in order of position, of which a snapshot sees a prefix. One thread deletes; any thread
 * asks.
 */
public final class Deletions {
  /** A set once worked out, kept for the next who asks. */
  private record Cached(int rows, int count, RowBitmap set) {}

  private final RowLongs positions = new RowLongs();
  private volatile int[] order = new int[0];
  private int count;
  private volatile @Nullable Cached cached;
  private volatile @Nullable Cached cachedLive;

  /** Deletes a row, which is not deleted, at a position, which is not before the last one. */
  public void add(int row, long position) {
    positions.set(row, position);
    int[] rows = order;
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, Math.max(16, count * 2));
    }
    rows[count++] = row;
    order = rows;
  }

  /** Position at which a row was deleted; 0 if it was not. */
  public long deletedAt(int row) {
    return positions.at(row);
  }

  /** Whether a row is deleted as seen from a position. */
  public boolean isDeleted(int row, long position) {
    long at = deletedAt(row);
    return at != 0 && at <= position;
  }

  /** How many rows were ever deleted; for the deleting thread. */
  public int count() {
    return count;
  }

  /** The n-th row deleted, where {@code n} is below a count learnt from the deleting thread. */
  public int row(int n) {
    return order[n];
  }

  /** The rows left by the first {@code wanted} deletions; the same set for as long as asked. */
  public RowBitmap live(int rows, int wanted) {
    Cached known = cachedLive;
    if (known != null && known.rows == rows && known.count == wanted) {
      return known.set;
    }
    RowBitmap live = RowBitmap.full(rows);
    RowBitmap deleted = deleted(rows, wanted);
    if (deleted != null) {
      live.subtract(deleted);
    }
    var _ = live.cardinality();
    cachedLive = new Cached(rows, wanted, live);
    return live;
  }

  /**
   * The first {@code wanted} deletions as a set over {@code rows} rows; null if there are none. Not
   * to be changed.
   */
  public @Nullable RowBitmap deleted(int rows, int wanted) {
    if (wanted == 0) {
      return null;
    }
    Cached known = cached;
    if (known != null && known.rows == rows && known.count == wanted) {
      return known.set;
    }
    boolean extend = known != null && known.rows == rows && known.count < wanted;
    RowBitmap deleted = extend && known != null ? known.set.copy() : new RowBitmap(rows);
    int[] list = order;
    for (int i = extend && known != null ? known.count : 0; i < wanted; i++) {
      deleted.add(list[i]);
    }
    var _ = deleted.cardinality();
    cached = new Cached(rows, wanted, deleted);
    return deleted;
  }
}
