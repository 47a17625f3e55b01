package io.quiver.engine.filter;

import io.quiver.engine.column.Column;

/** The row has no value, or (negated) has one. */
final class NullTest extends Condition {
  private final Column column;
  private final boolean negated;

  NullTest(Column column, boolean negated) {
    this.column = column;
    this.negated = negated;
  }

  @Override
  boolean holds(int row) {
    return column.isNull(row) != negated;
  }

  @Override
  long word(int from, int count) {
    long present = column.presence(from >>> 6);
    return (negated ? present : ~present) & -1L >>> (64 - count);
  }

  @Override
  int cost() {
    return NO_COST;
  }
}
