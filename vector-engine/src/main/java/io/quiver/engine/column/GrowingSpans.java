package io.quiver.engine.column;

import io.quiver.engine.schema.ColumnType;
import java.lang.foreign.Arena;

/** A growing column whose values differ in length: an address and a count a row. */
abstract class GrowingSpans extends GrowingColumn {
  final Spans values;

  GrowingSpans(ColumnType type, Arena arena) {
    super(type, arena);
    this.values = new Spans(arena);
  }

  @Override
  final void storeNull(int row) {
    values.put(row, values.heap().allocate(0), 0);
  }

  @Override
  final long valueBytes() {
    return values.bytes();
  }
}
