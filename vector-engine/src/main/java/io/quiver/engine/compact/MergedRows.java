package io.quiver.engine.compact;

import io.quiver.engine.column.IndexSort;
import io.quiver.engine.column.RowSelection;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.segment.Deletions;
import io.quiver.engine.segment.RowGrouping;
import io.quiver.engine.segment.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The rows that segments keep when they become one: those alive, in the order they were committed,
 * or by groups and in that order within each, or in an order that is given.
 *
 * <p>Rows deleted or patched while the new segment is written are found again by {@link #carry}.
 */
public final class MergedRows {
  private final List<? extends Segment> sources;
  private final int[] deletionsSeen;
  private final int[][] newRows;
  private final RowSelection selection;
  private final long forgotten;

  /** Chooses the rows, in the order they were committed. */
  public MergedRows(List<? extends Segment> sources, int[] deletions) {
    this(sources, deletions, null);
  }

  /**
   * Chooses the rows.
   *
   * @param deletions of each source that count; rows deleted later are kept
   * @param grouping null for the order of commits
   */
  public MergedRows(
      List<? extends Segment> sources, int[] deletions, @Nullable RowGrouping grouping) {
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
      next[from] = nextLive(this.sources.get(from).rows(), deleted[from], next[from] + 1);
    }
    this.selection = ordered(segments, rows, grouping);
    for (int position = 0; position < live; position++) {
      newRows[selection.segment(position)][selection.row(position)] = position;
    }
  }

  private MergedRows(MergedRows before, int[] order, OptionalInt by) {
    this.sources = before.sources;
    this.deletionsSeen = before.deletionsSeen;
    this.forgotten = before.forgotten;
    this.newRows = new int[sources.size()][];
    for (int i = 0; i < newRows.length; i++) {
      newRows[i] = new int[before.newRows[i].length];
      Arrays.fill(newRows[i], -1);
    }
    int[] segments = new int[order.length];
    int[] rows = new int[order.length];
    for (int position = 0; position < order.length; position++) {
      segments[position] = before.selection.segment(order[position]);
      rows[position] = before.selection.row(order[position]);
      newRows[segments[position]][rows[position]] = position;
    }
    this.selection = RowSelection.of(segments, rows, by);
  }

  /**
   * The same rows in another order.
   *
   * @param order for each new place which row of these comes there, all of them once
   * @param by what {@link RowSelection#groupedBy} is to say
   */
  public MergedRows inOrder(int[] order, OptionalInt by) {
    return new MergedRows(this, order, by);
  }

  /** Sorts what is not in order: by group, and if a source was in another order, by commit. */
  private RowSelection ordered(int[] segments, int[] rows, @Nullable RowGrouping grouping) {
    long[] groups = new long[grouping == null ? 0 : rows.length];
    long[] stamps = new long[rows.length];
    boolean inOrder = true;
    for (int i = 0; i < rows.length; i++) {
      stamps[i] = sources.get(segments[i]).stamp(rows[i]);
      inOrder &= i == 0 || stamps[i - 1] < stamps[i];
      if (grouping != null) {
        groups[i] = grouping.group(segments[i], rows[i]);
        inOrder &= i == 0 || groups[i - 1] == groups[i];
      }
    }
    OptionalInt by = grouping == null ? OptionalInt.empty() : OptionalInt.of(grouping.column());
    if (inOrder) {
      return RowSelection.of(segments, rows, by);
    }
    int[] order = new int[rows.length];
    Arrays.setAll(order, i -> i);
    IndexSort.sort(
        order,
        (a, b) ->
            groups.length > 0 && groups[a] != groups[b]
                ? Long.compare(groups[a], groups[b])
                : Long.compare(stamps[a], stamps[b]));
    int[] theirSegments = new int[rows.length];
    int[] theirRows = new int[rows.length];
    for (int i = 0; i < order.length; i++) {
      theirSegments[i] = segments[order[i]];
      theirRows[i] = rows[order[i]];
    }
    return RowSelection.of(theirSegments, theirRows, by);
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
