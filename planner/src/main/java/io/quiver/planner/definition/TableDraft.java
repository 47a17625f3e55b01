package io.quiver.planner.definition;

import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.TableDefinition.CheckDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A table being changed; its parts are there to be set. For one statement. */
final class TableDraft {
  private final TableDefinition from;
  final List<ColumnDefinition> columns;
  final List<IndexDefinition> indexes;
  final List<CheckDefinition> checks;
  final List<UniqueDefinition> uniques;
  List<String> primaryKey;
  String name;
  String comment;
  Optional<String> shardKey;
  Optional<String> ttl;
  long sequences;
  private int nextColumnId;

  TableDraft(TableDefinition from) {
    this.from = from;
    this.columns = new ArrayList<>(from.columns());
    this.indexes = new ArrayList<>(from.indexes());
    this.checks = new ArrayList<>(from.checks());
    this.uniques = new ArrayList<>(from.uniques());
    this.primaryKey = from.primaryKey();
    this.name = from.name();
    this.comment = from.comment();
    this.shardKey = from.shardKey();
    this.ttl = from.ttl();
    this.sequences = from.sequences();
    this.nextColumnId = from.nextColumnId();
  }

  /** A column id that no column of the table has or ever had. */
  int takeColumnId() {
    return nextColumnId++;
  }

  /** Changes the column of a name, which must be there. */
  void change(String column, UnaryOperator<ColumnDefinition> changed) {
    columns.replaceAll(each -> each.name().equals(column) ? changed.apply(each) : each);
  }

  /** The table as it stands, as its next version. */
  TableDefinition build() {
    return build(from.version() + 1);
  }

  /** The table as it stands, where nothing changed that a write must know of. */
  TableDefinition buildSameVersion() {
    return build(from.version());
  }

  private TableDefinition build(int version) {
    return new TableDefinition(
        from.id(),
        from.schema(),
        name,
        columns,
        primaryKey,
        indexes,
        checks,
        uniques,
        from.shards(),
        shardKey,
        comment,
        version,
        nextColumnId,
        sequences,
        ttl);
  }
}
