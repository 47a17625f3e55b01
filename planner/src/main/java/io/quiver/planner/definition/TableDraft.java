package io.quiver.planner.definition;

import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.IndexDefinition;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.TableDefinition.CheckDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlIdentifier;

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

  /** The column of a name, of those that statements can name. */
  Optional<ColumnDefinition> find(String name) {
    return columns.stream()
        .filter(each -> each.visibility() != Visibility.INTERNAL)
        .filter(each -> each.name().equals(name) && !name.equals(TableDefinition.ROW_NUMBER))
        .findFirst();
  }

  /** The column named; an error where there is none. */
  ColumnDefinition column(SqlIdentifier name) {
    return find(name.getSimple())
        .orElseThrow(
            () -> {
              List<String> names =
                  columns.stream()
                      .map(ColumnDefinition::name)
                      .filter(each -> !each.startsWith("$"))
                      .toList();
              return DefinitionProblem.at(
                  ErrorCode.COLUMN_UNKNOWN,
                  name.getParserPosition(),
                  "table " + this.name + " has no column " + name,
                  NearestName.remedy(
                      name.getSimple(),
                      names,
                      "the columns are " + String.join(", ", names) + "."));
            });
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
