package io.quiver.planner.definition;

import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.TableDefinition;
import java.util.List;

/** A table with one thing changed. */
final class Tables {
  private Tables() {}

  static TableDefinition withIndexes(TableDefinition table, List<IndexDefinition> indexes) {
    return with(table, table.columns(), indexes);
  }

  static TableDefinition with(
      TableDefinition table, List<ColumnDefinition> columns, List<IndexDefinition> indexes) {
    return new TableDefinition(
        table.id(),
        table.schema(),
        table.name(),
        columns,
        table.primaryKey(),
        indexes,
        table.checks(),
        table.uniques(),
        table.shards(),
        table.shardKey(),
        table.comment());
  }

  /** A column id no column of the table has, or had as far as ids tell. */
  static int nextColumnId(TableDefinition table) {
    return table.columns().stream().mapToInt(ColumnDefinition::id).max().orElse(-1) + 1;
  }
}
