package io.quiver.engine.compact;

import io.quiver.engine.column.RowSelection;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.segment.Deletions;
import io.quiver.engine.segment.Segment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that segments keep when they become one: those alive, in the order they were committed.
 *
 * <p>Rows deleted or patched while the new segment is written are found again by {@link #carry}.
 */
public final class MergedRows {
  private final List<? extends Segment> sources;
  private final int[] deletionsSeen;
  private final int[][] newRows;
  private final RowSelection selection;
  private final long forgotten;

  /**
   * Chooses the rows.
   *
   * @param deletions of each source that count; rows deleted later are kept
   */
  public MergedRows(List<? extends Segment> sources, int[] deletions) {
    this.sources = List.copyOf(sources);
    this.deletionsSeen = deletions.clone();
    this.newRows = new int[sources.size()][];
    int[] next = new int[sources.size()];
    int live = 0;
    long last = 0;
    @Nullable RowBitmap[] deleted = new @Nullable RowBitmap[sources.size()];
    for (int i = 0; i < newRows.length; i++) {
      Segment source = sources.get(i);
      newRows[i] = new int[source.rows()];
      Arrays.fill(newRows[i], -1);
      deleted[i] = source.deletions().deleted(source.rows(), deletions[i]);
      live += source.rows() - deletions[i];
      for (int n = 0; n < deletions[i]; n++) {
        int row = source.deletions().row(n);
        last = Math.max(last, source.deletions().deletedAt(row));
      }
      next[i] = nextLive(source.rows(), deleted[i], 0);
    }
    this.forgotten = last;
    int[] segments = new int[live];
    int[] rows = new int[live];
    for (int position = 0; position < live; position++) {
      int from = oldest(next);
      segments[position] = from;
      rows[position] = next[from];
      newRows[from][next[from]] = position;
      next[from] = nextLive(this.sources.get(from).rows(), deleted[from], next[from] + 1);
    }
    this.selection = RowSelection.of(segments, rows);
  }

  private static int nextLive(int rows, @Nullable RowBitmap deleted, int from) {
    int row = from;
    while (row < rows && deleted != null && deleted.contains(row)) {
      row++;
    }
    return row < rows ? row : -1;
  }

  /** The source whose next row was committed first. */
  private int oldest(int[] next) {
    int oldest = -1;
    long stamp = Long.MAX_VALUE;
    for (int i = 0; i < next.length; i++) {
      if (next[i] >= 0) {
        long candidate = sources.get(i).stamp(next[i]);
        if (candidate < stamp) {
          oldest = i;
          stamp = candidate;
        }
      }
    }
    return oldest;
  }

  /** For each row of a source its number in the new segment, -1 if it is not kept. */
  public int[] newRows(int source) {
    return newRows[source];
  }

  /** The rows kept, by source. */
  public RowSelection selection() {
    return selection;
  }

  /** Largest position of a deletion whose row is not kept; 0 if all are. */
  public long forgotten() {
    return forgotten;
  }

  /**
   * Deletes and patches in the new segment what was in its sources since the rows were chosen; for
   * the deleting thread.
   *
   * @param since position up to which patches are in the new rows
   * @param now position of the last commit
   */
  public void carry(Segment merged, long since, long now) {
    for (int i = 0; i < newRows.length; i++) {
      sources.get(i).patches().carry(merged.patches(), since, now, newRows[i]);
      Deletions deletions = sources.get(i).deletions();
      for (int n = deletionsSeen[i]; n < deletions.count(); n++) {
        int row = deletions.row(n);
        merged.deletions().add(newRows[i][row], deletions.deletedAt(row));
      }
    }
  }
}
