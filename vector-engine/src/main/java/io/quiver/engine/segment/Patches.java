package io.quiver.engine.segment;

import io.quiver.engine.column.Column;
import io.quiver.engine.column.PatchedColumns;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.search.RowBitmap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What updates have changed in a segment's rows: the new values beside the rows, by column, so that
 * a row keeps its place, and with it its node in a graph and its codes. (After Lucene's doc-values
 * updates.)
 *
 * <p>Columns that have an index of their own kind, of vectors, are not patched. One thread patches;
 * any thread reads what its snapshot saw. Memory is given back when nobody refers to it any more.
 */
public final class Patches {
  /** So many values may be replaced, over as many as there are, before they are dropped. */
  private static final int REPLACED_KEPT = 1_000;

  private final RowLongs changedAt;
  private volatile Map<Integer, ColumnPatches> columns = Map.of();
  private long last;

  /** No patches. */
  public Patches() {
    this(new RowLongs());
  }

  private Patches(RowLongs changedAt) {
    this.changedAt = changedAt;
  }

  /**
   * Gives a row other values.
   *
   * @param position of the commit, not before that of the last call
   * @param ordinals of the columns in the schema; with none the row counts as written all the same
   */
  public void add(
      int row, long position, CollectionSchema schema, int[] ordinals, @Nullable Object[] values) {
    for (int i = 0; i < ordinals.length; i++) {
      ColumnSpec column = schema.columns().get(ordinals[i]);
      add(row, position, column.id(), column.type(), values[i]);
    }
    changedAt.set(row, position);
  }

  /** Gives a row another value in one column. */
  void add(int row, long position, int column, ColumnType type, @Nullable Object value) {
    ColumnPatches patches = columns.get(column);
    if (patches == null) {
      patches = new ColumnPatches(type);
      Map<Integer, ColumnPatches> more = new HashMap<>(columns);
      more.put(column, patches);
      columns = Map.copyOf(more);
    }
    patches.add(row, position, value);
    last = position;
  }

  /**
   * Gives the rows that have another value in one column the value that follows from it in another,
   * which was added now.
   */
  public void derive(long position, int source, ColumnSpec column, Derive derive) {
    ColumnPatches given = columns.get(source);
    if (given != null) {
      given.forEachRow(
          row ->
              add(
                  row,
                  position,
                  column.id(),
                  column.type(),
                  derive.of(given.values().value(given.find(row, Long.MAX_VALUE)))));
    }
  }

  /** Makes one value of another. */
  public interface Derive {
    @Nullable Object of(@Nullable Object source);
  }

  /** Position at which a row was last changed, as far as is known; 0 if it never was. */
  public long changedAt(int row) {
    return changedAt.at(row);
  }

  /** At least as many rows have other values than they were written with. */
  public int rows() {
    int most = 0;
    for (ColumnPatches patches : columns.values()) {
      most = Math.max(most, patches.distinctRows());
    }
    return most;
  }

  /** Whether most of what is kept is of no use to new snapshots. */
  public boolean isWorthCompacting() {
    long kept = 0;
    long distinct = 0;
    for (ColumnPatches patches : columns.values()) {
      kept += patches.size();
      distinct += patches.distinctRows();
    }
    return kept > 2 * distinct + REPLACED_KEPT;
  }

  /** What snapshots from now on see of it, alone; older ones keep this. */
  public Patches newestOnly() {
    Patches kept = new Patches(changedAt);
    Map<Integer, ColumnPatches> newest = new HashMap<>();
    columns.forEach((column, patches) -> newest.put(column, patches.newestOnly()));
    kept.columns = Map.copyOf(newest);
    kept.last = last;
    return kept;
  }

  /**
   * Changes in a segment made of this one's rows what was changed here while it was made.
   *
   * @param since position up to which its rows have what was changed
   * @param now position of the last commit
   * @param newRows for each row its number there, -1 where it is left out
   */
  public void carry(Patches target, long since, long now, int[] newRows) {
    columns.forEach(
        (column, patches) -> {
          RowBitmap changed = new RowBitmap(newRows.length);
          patches.addRows(changed, since, now);
          for (int row = changed.next(0); row >= 0; row = changed.next(row + 1)) {
            if (newRows[row] >= 0) {
              Object value = patches.values().value(patches.find(row, now));
              target.add(newRows[row], now, column, patches.type(), value);
            }
          }
        });
    // Whoever began before must still be told that these rows were written.
    changedAt.forEachRow(
        row -> {
          if (row < newRows.length && newRows[row] >= 0) {
            target.changedAt.set(newRows[row], changedAt.at(row));
          }
        });
  }

  /** What a snapshot taken now sees; for the patching thread. */
  public Seen seen() {
    return columns.isEmpty() ? Seen.NONE : new Seen(this, last);
  }

  /** What is seen of it from a position. */
  public Seen seenFrom(long position) {
    return columns.isEmpty() ? Seen.NONE : new Seen(this, position);
  }

  /**
   * Patches as a snapshot sees them.
   *
   * @param position up to which they count
   */
  public record Seen(Patches patches, long position) {
    /** Of a segment nothing is patched in. */
    public static final Seen NONE = new Seen(new Patches(), 0);

    public boolean isEmpty() {
      return patches.columns.isEmpty();
    }

    /** At least as many rows have other values, as of now. */
    public int rows() {
      return patches.rows();
    }

    private @Nullable ColumnPatches of(int column) {
      ColumnPatches found = patches.columns.get(column);
      return found != null && found.hasAny(position) ? found : null;
    }

    /** Whether rows have other values in a column. */
    public boolean has(int column) {
      return of(column) != null;
    }

    /** A column with the other values that rows have in it. */
    public Column over(Column before, int column) {
      ColumnPatches found = of(column);
      return found == null
          ? before
          : PatchedColumns.of(before, found.values(), found(found, position));
    }

    private static IntUnaryOperator found(ColumnPatches patches, long position) {
      return row -> patches.find(row, position);
    }

    /** Adds the rows given another value in a column after a position. */
    public void addRows(int column, long after, RowBitmap into) {
      ColumnPatches found = patches.columns.get(column);
      if (found != null) {
        found.addRows(into, after, position);
      }
    }
  }
}
