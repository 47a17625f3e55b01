package io.quiver.planner.physical;

import io.quiver.engine.search.ColumnScan;
import org.jspecify.annotations.Nullable;

/** Makes rows of a scan's columns, one at a time. */
final class ScannedRows implements RowSource {
  private final ColumnScan scan;
  private final int[] fields;
  private final ScannedColumn[] columns;
  private final int width;
  private int count;
  private int next;

  ScannedRows(TableNode table, ColumnScan scan) {
    this.scan = scan;
    this.width = table.width();
    this.fields = table.wanted().toArray();
    this.columns = new ScannedColumn[fields.length];
    for (int i = 0; i < fields.length; i++) {
      columns[i] =
          new ScannedColumn(
              scan,
              table.table().ordinal(fields[i]),
              table.table().columns().get(fields[i]).type());
    }
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    if (next == count) {
      count = scan.next() ? scan.count() : 0;
      next = 0;
      if (count == 0) {
        return null;
      }
      for (ScannedColumn column : columns) {
        column.readBatch();
      }
    }
    @Nullable Object[] row = new Object[width];
    for (int i = 0; i < fields.length; i++) {
      row[fields[i]] = columns[i].value(next);
    }
    next++;
    return row;
  }
}
