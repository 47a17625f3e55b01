package io.quiver.engine.filter;

import io.quiver.engine.column.Column;
import io.quiver.engine.column.GrowingColumn;
import io.quiver.engine.column.MemorySink;
import io.quiver.engine.column.RowSelection;
import io.quiver.engine.column.SealedColumn;
import io.quiver.engine.schema.ColumnType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns of given values, growing or sealed, with payload indexes or without. */
record SampleSegment(int rows, List<Column> columns, List<@Nullable PayloadIndex> indexes)
    implements FilterableRows {
  @Override
  public Column column(int ordinal) {
    return columns.get(ordinal);
  }

  @Override
  public @Nullable PayloadIndex index(int ordinal) {
    return indexes.get(ordinal);
  }

  /** More rows are appended than are visible, as in a memtable that is written to. */
  static SampleSegment growing(
      List<ColumnType> types, List<List<@Nullable Object>> values, Arena arena) {
    List<Column> columns = new ArrayList<>();
    List<@Nullable PayloadIndex> indexes = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      GrowingColumn column = GrowingColumn.of(types.get(i), arena);
      values.get(i).forEach(column::append);
      values.get(i).stream().limit(100).forEach(column::append);
      columns.add(column);
      indexes.add(null);
    }
    return new SampleSegment(values.getFirst().size(), columns, indexes);
  }

  static SampleSegment sealed(
      List<ColumnType> types, List<List<@Nullable Object>> values, boolean indexed, Arena arena)
      throws IOException {
    int rows = values.getFirst().size();
    SampleSegment growing = growing(types, values, arena);
    List<Column> columns = new ArrayList<>();
    List<@Nullable PayloadIndex> indexes = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      MemorySink sink = new MemorySink();
      SealedColumn.write(types.get(i), List.of(growing.column(i)), RowSelection.first(rows), sink);
      SealedColumn column = SealedColumn.map(types.get(i), sink.map(arena), "column " + i);
      columns.add(column);
      indexes.add(indexed && PayloadIndex.supports(types.get(i)) ? index(column, arena) : null);
    }
    return new SampleSegment(rows, columns, indexes);
  }

  static PayloadIndex index(SealedColumn column, Arena arena) throws IOException {
    MemorySink sink = new MemorySink();
    PayloadIndex.write(column, sink);
    return PayloadIndex.map(sink.map(arena), column, "test index");
  }
}
