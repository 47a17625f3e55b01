package io.quiver.engine.filter;

import io.quiver.engine.column.Column;
import io.quiver.engine.column.IndexSort;
import io.quiver.engine.column.Parts;
import io.quiver.engine.column.PartsWriter;
import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.search.RowBitmap;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.function.IntUnaryOperator;

/**
 * The rows in the order of their values. A range of values is a range of this order, found by
 * binary search over the column itself.
 *
 * <p>So that wide ranges are fast, the set of all rows before a position is kept as a bitmap for up
 * to 16 positions: a range is the difference of two of these, put right at its ends row by row.
 */
final class OrderIndex extends PayloadIndex {
  private static final int ROWS = 1;
  private static final int PREFIXES = 2;
  private static final int MAX_PREFIXES = 16;
  private static final int LEAST_STEP = 4096;

  /** Positions of the order, the end excluded. */
  record Range(int from, int to) {
    int size() {
      return to - from;
    }
  }

  private final Parts parts;
  private final int size;
  private final int step;
  private final int words;
  private final MemorySegment order;
  private final MemorySegment prefixes;

  OrderIndex(Column column, Parts parts) {
    super(column, parts.present());
    this.parts = parts;
    this.size = parts.present();
    this.step = step(size);
    this.words = (parts.rows() + 63) >>> 6;
    this.order = parts.part(ROWS, (long) size * Integer.BYTES);
    this.prefixes = parts.part(PREFIXES, (long) (size / step) * words * Long.BYTES);
    for (int position = 0; position < size; position++) {
      int row = row(position);
      parts.check(row >= 0 && row < parts.rows() && !column.isNull(row), "it has row " + row);
    }
    for (int prefix = 1; prefix <= size / step; prefix++) {
      long beyond = prefix(prefix, words - 1) & ~RowBlock.mask(words - 1, parts.rows());
      parts.check(beyond == 0, "a bitmap has rows beyond the last");
    }
  }

  private static int step(int size) {
    return Math.max(LEAST_STEP, (int) ((size + MAX_PREFIXES - 1L) / MAX_PREFIXES));
  }

  static void write(Column column, int present, PartsWriter writer) throws IOException {
    int[] order = new int[present];
    int size = 0;
    for (int row = 0; row < column.rows(); row++) {
      if (!column.isNull(row)) {
        order[size++] = row;
      }
    }
    IndexSort.sort(order, ValueOrder.of(column));
    writer.part(ROWS);
    for (int row : order) {
      writer.putInt(row);
    }
    writer.part(PREFIXES);
    RowBitmap before = new RowBitmap(column.rows());
    int step = step(size);
    for (int position = 0; position < size; ) {
      before.add(order[position++]);
      if (position % step == 0) {
        for (long word : before.words()) {
          writer.putLong(word);
        }
      }
    }
  }

  private int row(int position) {
    return order.get(LittleEndian.INT, (long) position * Integer.BYTES);
  }

  private long prefix(int prefix, int word) {
    return prefixes.get(LittleEndian.LONG, ((long) (prefix - 1) * words + word) * Long.BYTES);
  }

  /**
   * Finds a range of values.
   *
   * @param side negative for a row below the range, 0 for one in it, positive for one above
   */
  Range range(IntUnaryOperator side) {
    int from = firstAtLeast(side, 0, 0);
    return new Range(from, firstAtLeast(side, 1, from));
  }

  private int firstAtLeast(IntUnaryOperator side, int wanted, int from) {
    int low = from;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (side.applyAsInt(row(middle)) < wanted) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Adds the rows of a range. */
  void addTo(Range range, RowBitmap into) {
    if (range.size() <= step) {
      for (int position = range.from; position < range.to; position++) {
        into.add(row(position));
      }
      return;
    }
    RowBitmap rows = new RowBitmap(rows());
    int first = nearestPrefix(range.from);
    int last = nearestPrefix(range.to);
    long[] target = rows.words();
    for (int word = 0; word < words; word++) {
      long until = last == 0 ? 0 : prefix(last, word);
      target[word] = first == 0 ? until : until & ~prefix(first, word);
    }
    correct(rows, last * step, range.to, true);
    correct(rows, first * step, range.from, false);
    into.union(rows);
  }

  private int nearestPrefix(int position) {
    return (int) Math.min((position + step / 2L) / step, size / step);
  }

  /** Moves an end of the range from a kept position to the wanted one. */
  private void correct(RowBitmap rows, int kept, int wanted, boolean end) {
    for (int position = Math.min(kept, wanted); position < Math.max(kept, wanted); position++) {
      if (end == kept < wanted) {
        rows.add(row(position));
      } else {
        rows.remove(row(position));
      }
    }
  }

  @Override
  public void verify() {
    IndexSort.Order values = ValueOrder.of(column());
    RowBitmap seen = new RowBitmap(rows());
    for (int position = 0; position < size; position++) {
      int row = row(position);
      parts.check(!seen.contains(row), "row " + row + " is there twice");
      seen.add(row);
      if (position > 0) {
        int before = row(position - 1);
        int comparison = values.compare(before, row);
        parts.check(
            comparison < 0 || (comparison == 0 && before < row), "row " + row + " is out of order");
      }
      if ((position + 1) % step == 0) {
        for (int word = 0; word < words; word++) {
          parts.check(
              prefix((position + 1) / step, word) == seen.words()[word], "a bitmap is wrong");
        }
      }
    }
  }

  @Override
  public long bytes() {
    return parts.bytes();
  }
}
