package io.quiver.engine.segment;

import io.quiver.engine.search.RowBitmap;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a segment are deleted, and since when.
 *
 * <p>Kept twice: by row, as the log position of the deletion, for questions about one row; and as a
 * list in order of position, of which a snapshot sees a prefix. One thread deletes; any thread
 * asks.
 */
public final class Deletions {
  private static final int PAGE_SHIFT = 12;
  private static final int PAGE_ROWS = 1 << PAGE_SHIFT;

  /** A set once worked out, kept for the next who asks. */
  private record Cached(int rows, int count, RowBitmap set) {}

  private volatile AtomicReferenceArray<long @Nullable []> pages = new AtomicReferenceArray<>(0);
  private volatile int[] order = new int[0];
  private int count;
  private volatile @Nullable Cached cached;
  private volatile @Nullable Cached cachedLive;

  /** Deletes a row, which is not deleted, at a position, which is not before the last one. */
  public void add(int row, long position) {
    int page = row >>> PAGE_SHIFT;
    AtomicReferenceArray<long @Nullable []> old = pages;
    if (page >= old.length()) {
      AtomicReferenceArray<long @Nullable []> grown =
          new AtomicReferenceArray<>(Math.max(page + 1, old.length() * 2));
      for (int i = 0; i < old.length(); i++) {
        grown.set(i, old.get(i));
      }
      pages = grown;
    }
    long[] positions = pages.get(page);
    if (positions == null) {
      positions = new long[PAGE_ROWS];
      pages.set(page, positions);
    }
    positions[row & (PAGE_ROWS - 1)] = position;
    int[] rows = order;
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, Math.max(16, count * 2));
    }
    rows[count++] = row;
    order = rows;
  }

  /** Position at which a row was deleted; 0 if it was not. */
  public long deletedAt(int row) {
    AtomicReferenceArray<long @Nullable []> current = pages;
    int page = row >>> PAGE_SHIFT;
    if (page >= current.length()) {
      return 0;
    }
    long[] positions = current.get(page);
    return positions == null ? 0 : positions[row & (PAGE_ROWS - 1)];
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
