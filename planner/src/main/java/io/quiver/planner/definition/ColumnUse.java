package io.quiver.planner.definition;

import io.quiver.engine.schema.IndexSpec;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.TableDefinition.CheckDefinition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a table would not hold without a column. */
final class ColumnUse {
  private ColumnUse() {}

  /** The first thing found that needs the column, in words; null for nothing. */
  static @Nullable String in(TableDraft table, String column) {
    if (table.primaryKey.contains(column)) {
      return "the primary key";
    }
    if (table.ttl.equals(Optional.of(column))) {
      return "the option ttl";
    }
    for (IndexDefinition index : table.indexes) {
      if (index.spec() instanceof IndexSpec.Hnsw hnsw
          && hnsw.tenant().equals(Optional.of(column))
          && !hnsw.column().equals(column)) {
        return "the option tenant of index " + index.name();
      }
    }
    for (CheckDefinition check : table.checks) {
      if (ColumnNames.in(check.sql()).contains(column)) {
        return "constraint " + check.name();
      }
    }
    for (ColumnDefinition each : table.columns) {
      if (each.computedSql().isPresent()
          && ColumnNames.in(each.computedSql().get()).contains(column)) {
        return "generated column " + each.name();
      }
    }
    return null;
  }
}
