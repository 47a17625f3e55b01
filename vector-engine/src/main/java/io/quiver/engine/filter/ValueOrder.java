package io.quiver.engine.filter;

import io.quiver.engine.column.BytesColumn;
import io.quiver.engine.column.Column;
import io.quiver.engine.column.DecimalColumn;
import io.quiver.engine.column.IndexSort;

/** The order of a scalar column's values, by row. */
final class ValueOrder {
  private ValueOrder() {}

  /** Compares rows that have a value. */
  static IndexSort.Order of(Column column) {
    Keys keys = Keys.of(column);
    if (keys != null) {
      return (a, b) -> Long.compare(keys.at(a), keys.at(b));
    }
    return switch (column) {
      case BytesColumn bytes -> (a, b) -> bytes.compareRows(a, b);
      case DecimalColumn decimals -> (a, b) -> decimals.decimal(a).compareTo(decimals.decimal(b));
      default -> throw new IllegalArgumentException("Invalid order: of " + column.type());
    };
  }
}
