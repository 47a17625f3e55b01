package io.quiver.engine.segment;

import io.quiver.engine.column.GrowingColumn;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.search.RowBitmap;
import java.lang.foreign.Arena;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The values that rows were given in one column after they were written, in the order of their
 * commits. Each knows the one it replaced, so that a snapshot finds what it may see.
 *
 * <p>One thread adds; any thread reads.
 */
final class ColumnPatches {
  private final ColumnType type;
  private final GrowingColumn values;
  private final LongList rows;
  private final LongList positions;
  private final LongList olders;

  /** For each row one more than the place of its newest value. */
  private final RowLongs newest = new RowLongs();

  private volatile int size;
  private volatile int distinctRows;

  /** None; the memory is given back when nobody refers to this any more. */
  ColumnPatches(ColumnType type) {
    Arena arena = Arena.ofAuto();
    this.type = type;
    this.values = GrowingColumn.of(type, arena);
    this.rows = new LongList(arena);
    this.positions = new LongList(arena);
    this.olders = new LongList(arena);
  }

  void add(int row, long position, @Nullable Object value) {
    long before = newest.at(row);
    values.append(value);
    rows.append(row);
    positions.append(position);
    olders.append(before);
    size = rows.size();
    newest.set(row, rows.size());
    if (before == 0) {
      distinctRows = distinctRows + 1;
    }
  }

  ColumnType type() {
    return type;
  }

  /** The values, by place. */
  GrowingColumn values() {
    return values;
  }

  /** The place of the value that a row has as seen from a position; -1 if it has its first. */
  int find(int row, long position) {
    long place = newest.at(row);
    while (place != 0 && positions.at((int) place - 1) > position) {
      place = olders.at((int) place - 1);
    }
    return (int) place - 1;
  }

  /** Adds the rows given a value after one position and up to another. */
  void addRows(RowBitmap into, long after, long upTo) {
    for (int i = size - 1; i >= 0 && positions.at(i) > after; i--) {
      if (positions.at(i) <= upTo) {
        into.add((int) rows.at(i));
      }
    }
  }

  /** Whether a row was given a value up to a position. */
  boolean hasAny(long upTo) {
    return size > 0 && positions.at(0) <= upTo;
  }

  /** Tells every row that has a value here, in their order; for the adding thread. */
  void forEachRow(IntConsumer told) {
    newest.forEachRow(told);
  }

  /** How many values there are, those replaced among them; for the adding thread. */
  int size() {
    return size;
  }

  /** How many rows have one. */
  int distinctRows() {
    return distinctRows;
  }

  /** The same without the values that were replaced. */
  ColumnPatches newestOnly() {
    ColumnPatches kept = new ColumnPatches(type);
    for (int i = 0; i < size; i++) {
      int row = (int) rows.at(i);
      if (newest.at(row) == i + 1) {
        kept.add(row, positions.at(i), values.value(i));
      }
    }
    return kept;
  }
}
