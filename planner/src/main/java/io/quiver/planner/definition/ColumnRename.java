package io.quiver.planner.definition;

import io.quiver.engine.schema.Derivation;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.TableDefinition.CheckDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import java.util.List;

/** Another name for a column, wherever its table speaks of it. */
record ColumnRename(String from, String to) {
  void apply(TableDraft table) {
    table.change(from, each -> each.draft().name(to).build());
    table.columns.replaceAll(each -> renamed(each));
    table.indexes.replaceAll(each -> renamed(each));
    table.checks.replaceAll(each -> new CheckDefinition(each.name(), renamed(each.sql())));
    table.uniques.replaceAll(
        each -> new UniqueDefinition(each.name(), renamed(each.columns()), each.collection()));
    table.primaryKey = renamed(table.primaryKey);
    table.shardKey = table.shardKey.map(this::name);
    table.ttl = table.ttl.map(this::name);
  }

  private String name(String column) {
    return column.equals(from) ? to : column;
  }

  /** The text of an expression. */
  private String renamed(String sql) {
    return ColumnNames.in(sql).contains(from) ? ColumnNames.renamed(sql, from, to) : sql;
  }

  private List<String> renamed(List<String> names) {
    return names.stream().map(this::name).toList();
  }

  private ColumnDefinition renamed(ColumnDefinition column) {
    ColumnDefinition.Draft draft =
        column.draft().computedSql(column.computedSql().map(this::renamed));
    if (column.derivation().isPresent() && column.derivation().get().source().equals(from)) {
      draft.derivation(new Derivation(to, column.derivation().get().recipe()));
    }
    return draft.build();
  }

  private IndexDefinition renamed(IndexDefinition index) {
    boolean over = index.spec().column().equals(from);
    String expression = index.expression().equals(from) ? to : renamed(index.expression());
    IndexSpec spec = over ? index.spec().named(index.name(), to) : index.spec();
    if (spec instanceof IndexSpec.Hnsw hnsw) {
      spec = hnsw.withTenant(hnsw.tenant().map(this::name));
    }
    return new IndexDefinition(spec, expression, index.automatic(), index.comment());
  }
}
