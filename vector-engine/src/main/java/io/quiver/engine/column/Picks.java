package io.quiver.engine.column;

import java.util.List;

/** The rows one new sealed column takes, and from which columns. */
final class Picks {
  private final Column[] columns;
  private final RowSelection selection;

  Picks(List<? extends Column> columns, RowSelection selection) {
    this.columns = columns.toArray(Column[]::new);
    this.selection = selection;
  }

  int size() {
    return selection.size();
  }

  Column column(int position) {
    return columns[selection.segment(position)];
  }

  int row(int position) {
    return selection.row(position);
  }

  boolean isNull(int position) {
    return column(position).isNull(row(position));
  }

  int present() {
    int present = 0;
    for (int i = 0; i < size(); i++) {
      present += isNull(i) ? 0 : 1;
    }
    return present;
  }
}
