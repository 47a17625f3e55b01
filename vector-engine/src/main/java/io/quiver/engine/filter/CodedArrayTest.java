package io.quiver.engine.filter;

import io.quiver.engine.column.CodeReader;
import io.quiver.engine.column.TextArrayColumn;
import io.quiver.engine.search.RowBitmap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A text array holds strings with some codes, at least one or all of them. */
final class CodedArrayTest extends Condition {
  private final TextArrayColumn column;
  private final CodeReader reader;
  private final int[] wanted;
  private final boolean all;
  private final boolean negated;
  private final @Nullable TermIndex index;
  private @Nullable RowBitmap found;

  /**
   * @param wanted distinct codes, negative for strings no row has
   */
  CodedArrayTest(
      TextArrayColumn column,
      CodeReader reader,
      int[] wanted,
      boolean all,
      boolean negated,
      @Nullable TermIndex index) {
    this.column = column;
    this.reader = reader;
    this.wanted = Arrays.stream(wanted).filter(code -> code >= 0).sorted().toArray();
    this.all = all;
    this.negated = negated;
    this.index = index;
  }

  @Override
  boolean holds(int row) {
    return !column.isNull(row) && (all ? holdsAll(row) : holdsAny(row)) != negated;
  }

  private boolean holdsAny(int row) {
    long first = column.first(row);
    for (int i = 0; i < column.count(row); i++) {
      if (Arrays.binarySearch(wanted, reader.code(first + i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private boolean holdsAll(int row) {
    long first = column.first(row);
    int count = column.count(row);
    for (int code : wanted) {
      boolean has = false;
      for (int i = 0; i < count && !has; i++) {
        has = reader.code(first + i) == code;
      }
      if (!has) {
        return false;
      }
    }
    return true;
  }

  @Override
  long indexedCount() {
    if (index == null) {
      return -1;
    }
    if (wanted.length == 1) {
      int count = index.count(wanted[0]);
      return negated ? index.present() - count : count;
    }
    return rows(index).cardinality();
  }

  @Override
  RowBitmap indexed() {
    return index == null ? super.indexed() : rows(index).copy();
  }

  private RowBitmap rows(TermIndex index) {
    RowBitmap rows = found;
    if (rows == null) {
      rows = all ? common(index) : union(index);
      if (negated) {
        RowBitmap others = RowBlock.present(column, index.rows());
        others.subtract(rows);
        rows = others;
      }
      found = rows;
    }
    return rows;
  }

  private RowBitmap union(TermIndex index) {
    RowBitmap rows = new RowBitmap(index.rows());
    for (int code : wanted) {
      index.addTo(code, rows);
    }
    return rows;
  }

  private RowBitmap common(TermIndex index) {
    RowBitmap rows = RowBlock.present(column, index.rows());
    for (int code : wanted) {
      RowBitmap term = new RowBitmap(index.rows());
      index.addTo(code, term);
      rows.intersect(term);
    }
    return rows;
  }

  @Override
  int cost() {
    return BYTES_COST;
  }
}
