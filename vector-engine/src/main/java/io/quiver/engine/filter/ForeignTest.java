package io.quiver.engine.filter;

import io.quiver.engine.column.Column;
import io.quiver.engine.search.RowTest;
import org.jspecify.annotations.Nullable;

/** A condition of the layer above, given the values of some columns. */
final class ForeignTest extends Condition {
  private final Column[] columns;
  private final RowTest test;
  private final @Nullable Object[] values;

  ForeignTest(Column[] columns, RowTest test) {
    this.columns = columns;
    this.test = test;
    this.values = new @Nullable Object[columns.length];
  }

  @Override
  boolean holds(int row) {
    for (int i = 0; i < columns.length; i++) {
      values[i] = columns[i].value(row);
    }
    return test.holds(values);
  }

  @Override
  int cost() {
    return FOREIGN_COST;
  }
}
