package io.quiver.engine.filter;

import io.quiver.engine.column.ZoneMap;
import io.quiver.engine.search.RowBitmap;
import org.jspecify.annotations.Nullable;

/** The key is between two bounds in their order, both included, or (negated) is not. */
final class KeyRange extends Condition {
  private final Keys keys;
  private final long low;
  private final long high;
  private final boolean negated;
  private final @Nullable ZoneMap zones;
  private final @Nullable IndexedRows index;
  private final long[] scratch = new long[RowBlock.WORD];

  KeyRange(Keys keys, long low, long high, boolean negated, @Nullable PayloadIndex index) {
    this.keys = keys;
    this.low = low;
    this.high = high;
    this.negated = negated;
    this.zones = keys.zones();
    this.index = index == null ? null : new IndexedRows(index, negated, this::lookUp);
  }

  private void lookUp(PayloadIndex index, IndexedRows.Target target) {
    switch (index) {
      case OrderIndex order -> target.add(order, order.range(this::side));
      case TermIndex terms -> {
        for (long term = Math.max(0, low); term <= Math.min(high, terms.terms() - 1L); term++) {
          target.add(terms, (int) term);
        }
      }
    }
  }

  private int side(int row) {
    long key = keys.at(row);
    return key < low ? -1 : key > high ? 1 : 0;
  }

  @Override
  boolean holds(int row) {
    return !keys.column().isNull(row) && (side(row) == 0) != negated;
  }

  @Override
  long word(int from, int count) {
    keys.read(from, count, scratch);
    long span = high - low; // Without sign, and so is a key's distance from the lower bound.
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (Long.compareUnsigned(scratch[i] - low, span) <= 0 ? 1L : 0L) << i;
    }
    return (negated ? ~bits : bits) & keys.column().presence(from >>> 6) & -1L >>> (64 - count);
  }

  @Override
  Zone zone(int block) {
    if (zones == null) {
      return Zone.SOME;
    }
    long min = zones.min(block);
    long max = zones.max(block);
    if (max < min) {
      return Zone.NONE;
    }
    if (max < low || min > high) {
      return negated ? Zone.ALL : Zone.NONE;
    }
    if (min >= low && max <= high) {
      return negated ? Zone.NONE : Zone.ALL;
    }
    return Zone.SOME;
  }

  @Override
  long present(int word) {
    return keys.column().presence(word);
  }

  @Override
  long indexedCount() {
    return index == null ? -1 : index.count();
  }

  @Override
  RowBitmap indexed() {
    return index == null ? super.indexed() : index.rows();
  }

  @Override
  int cost() {
    return KEY_COST;
  }
}
