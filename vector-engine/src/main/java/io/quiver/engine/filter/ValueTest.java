package io.quiver.engine.filter;

import io.quiver.engine.column.Column;
import io.quiver.engine.search.RowBitmap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** A row has a value that passes a test, or (negated) has one that does not. */
final class ValueTest extends Condition {
  private final Column column;
  private final IntPredicate test;
  private final boolean negated;
  private final int cost;
  private final @Nullable IndexedRows index;

  ValueTest(
      Column column, IntPredicate test, boolean negated, int cost, @Nullable IndexedRows index) {
    this.column = column;
    this.test = test;
    this.negated = negated;
    this.cost = cost;
    this.index = index;
  }

  @Override
  boolean holds(int row) {
    return !column.isNull(row) && test.test(row) != negated;
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
    return cost;
  }
}
