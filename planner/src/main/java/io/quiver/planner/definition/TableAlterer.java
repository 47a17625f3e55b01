package io.quiver.planner.definition;

import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.Scalar;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.TableDefinition.CheckDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import io.quiver.sql.parser.ColumnClause;
import io.quiver.sql.parser.ColumnConstraint;
import io.quiver.sql.parser.OptionClause;
import io.quiver.sql.parser.TableChange;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.NearestName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** The changes of an ALTER TABLE, made one after the other to a draft of the table. */
final class TableAlterer {
  private final TableDefinition before;
  private final TableDraft table;
  private final CatalogSnapshot catalog;
  private final StoredRows rows;
  private final ColumnDefiner columns;
  private final ConstraintDefiner constraints;
  private final LongSupplier collectionIds;
  private final AlterationCheck check;
  private final Function<SqlNode, String> textOf;

  TableAlterer(
      TableDefinition before,
      CatalogSnapshot catalog,
      StoredRows rows,
      Function<SqlNode, String> textOf,
      LongSupplier collectionIds) {
    this.before = before;
    this.table = new TableDraft(before);
    this.catalog = catalog;
    this.rows = rows;
    this.textOf = textOf;
    this.columns = new ColumnDefiner(textOf);
    this.constraints = new ConstraintDefiner(table, textOf, collectionIds);
    this.collectionIds = collectionIds;
    this.check = new AlterationCheck(before, table, catalog, rows);
  }

  /** The table after the changes. */
  TableDefinition alter(List<TableChange> changes) {
    for (TableChange change : changes) {
      apply(change);
    }
    return check.checked();
  }

  private void apply(TableChange change) {
    switch (change) {
      case TableChange.AddColumn add -> addColumn(add);
      case TableChange.DropColumn drop -> dropColumn(drop);
      case TableChange.RenameColumn rename -> renameColumn(rename);
      case TableChange.RenameTable rename -> renameTable(rename.newName());
      case TableChange.SetDefault set -> setDefault(set);
      case TableChange.SetNullable set -> setNullable(set);
      case TableChange.SetType set -> setType(set);
      case TableChange.AddConstraint add -> constraints.add(add.constraint(), check.conditions);
      case TableChange.DropConstraint drop -> dropConstraint(drop);
      case TableChange.SetOptions set -> set.options().forEach(this::setOption);
    }
  }

  private void addColumn(TableChange.AddColumn add) {
    ColumnClause clause = add.column();
    String name = clause.name().getSimple();
    if (table.find(name).isPresent()) {
      if (add.ifNotExists()) {
        return;
      }
      throw exists(clause.name());
    }
    ColumnDefinition column = columns.define(table.takeColumnId(), clause, false);
    for (ColumnConstraint constraint : clause.constraints()) {
      if (constraint instanceof ColumnConstraint.PrimaryKey primary) {
        throw DefinitionProblem.at(
            ErrorCode.NOT_SUPPORTED,
            primary.position(),
            "a table keeps the primary key it was created with",
            "create a table with the new key, and INSERT INTO it with SELECT.");
      }
    }
    boolean isVector =
        !(column.type() instanceof Scalar || column.type() instanceof SqlColumnType.TextArray);
    if (column.computedSql().isPresent() && isVector && !rows.isEmpty()) {
      throw DefinitionProblem.at(
          ErrorCode.NOT_SUPPORTED,
          clause.position(),
          "generated vectors of column "
              + name
              + " would have to be indexed for the rows there are",
          "add a plain column and UPDATE it, or create the table with the column.");
    }
    if (column.identity() && table.sequences == 0) {
      table.sequences = collectionIds.getAsLong();
    }
    table.columns.add(column);
    IndexDefiner.automatic(table.name, column).ifPresent(table.indexes::add);
    constraints.add(clause, check.conditions);
    check.added(clause);
    if (!column.nullable()) {
      check.required(clause.name());
    }
  }

  private void dropColumn(TableChange.DropColumn drop) {
    String name = drop.name().getSimple();
    if (drop.ifExists() && table.find(name).isEmpty()) {
      return;
    }
    table.column(drop.name());
    String user = ColumnUse.in(table, name);
    if (user != null) {
      throw DefinitionProblem.at(
          ErrorCode.DEFINITION_IN_USE,
          drop.name().getParserPosition(),
          user + " uses column " + name,
          "change that first.");
    }
    Set<String> gone = new HashSet<>(Set.of(name));
    for (ColumnDefinition each : table.columns) {
      if (each.derivation().isPresent() && each.derivation().get().source().equals(name)) {
        gone.add(each.name());
      }
    }
    table.columns.removeIf(each -> gone.contains(each.name()));
    table.indexes.removeIf(each -> gone.contains(each.spec().column()));
    table.uniques.removeIf(each -> each.columns().contains(name));
    check.dropped(name);
  }

  private void renameColumn(TableChange.RenameColumn rename) {
    String from = table.column(rename.name()).name();
    String to = rename.newName().getSimple();
    if (table.find(to).isPresent() || to.startsWith("$")) {
      throw exists(rename.newName());
    }
    new ColumnRename(from, to).apply(table);
  }

  private void renameTable(SqlIdentifier newName) {
    String name = newName.getSimple();
    boolean taken =
        catalog.table(before.schema(), name).isPresent()
            || catalog.view(before.schema(), name).isPresent();
    if (taken) {
      throw DefinitionProblem.at(
          ErrorCode.TABLE_EXISTS,
          newName.getParserPosition(),
          "There is a table or view " + before.schema() + "." + name + " already",
          "Choose another name.");
    }
    table.name = name;
  }

  private void setDefault(TableChange.SetDefault set) {
    ColumnDefinition column = table.column(set.name());
    SqlNode value = set.value();
    if (value != null && (column.identity() || column.computedSql().isPresent())) {
      throw DefinitionProblem.at(
          ErrorCode.TABLE_INVALID,
          set.name().getParserPosition(),
          "column " + column.name() + " is generated and takes no default",
          "leave it as it is.");
    }
    Optional<String> sql = Optional.ofNullable(value).map(textOf);
    table.change(column.name(), each -> each.draft().defaultSql(sql).build());
    if (value != null) {
      check.hasDefault(set.name(), value);
    }
  }

  private void setNullable(TableChange.SetNullable set) {
    ColumnDefinition column = table.column(set.name());
    if (set.nullable() && (table.primaryKey.contains(column.name()) || column.identity())) {
      throw DefinitionProblem.at(
          ErrorCode.TABLE_INVALID,
          set.name().getParserPosition(),
          "column " + column.name() + " of the key, or numbered by the database, has no nulls",
          "leave it NOT NULL.");
    }
    table.change(column.name(), each -> each.draft().nullable(set.nullable()).build());
    if (!set.nullable()) {
      check.required(set.name());
    }
  }

  private void setType(TableChange.SetType set) {
    ColumnDefinition column = table.column(set.name());
    SqlColumnType type = DeclaredType.of(set.type());
    if (!type.equals(column.type()) && !widens(column.type(), type)) {
      throw DefinitionProblem.at(
          ErrorCode.NOT_SUPPORTED,
          set.type().getParserPosition(),
          "column "
              + column.name()
              + " cannot become "
              + type.sql()
              + " from "
              + column.type().sql(),
          "add a column of that type, UPDATE it, drop the old one and rename.");
    }
    table.change(column.name(), each -> each.draft().type(type).build());
  }

  /** Whether every value of one type is one of the other, stored alike. */
  private static boolean widens(SqlColumnType from, SqlColumnType to) {
    if (!(from instanceof Scalar a) || !(to instanceof Scalar b)) {
      return false;
    }
    if (a.type() == ScalarType.SMALLINT && b.type() == ScalarType.INTEGER) {
      return true;
    }
    boolean longer = b.precision() < 0 || (a.precision() >= 0 && b.precision() >= a.precision());
    return a.type() == b.type()
        && switch (a.type()) {
          case VARCHAR, VARBINARY -> longer;
          case DECIMAL ->
              b.precision() < 0
                  || (a.precision() >= 0
                      && b.scale() == a.scale()
                      && b.precision() >= a.precision());
          default -> false;
        };
  }

  private void dropConstraint(TableChange.DropConstraint drop) {
    String name = drop.name().getSimple();
    boolean dropped =
        table.checks.removeIf(each -> each.name().equals(name))
            | table.uniques.removeIf(each -> each.name().equals(name));
    if (!dropped && !drop.ifExists()) {
      List<String> names =
          Stream.concat(
                  table.checks.stream().map(CheckDefinition::name),
                  table.uniques.stream().map(UniqueDefinition::name))
              .toList();
      throw DefinitionProblem.at(
          ErrorCode.CONSTRAINT_UNKNOWN,
          drop.name().getParserPosition(),
          "table " + table.name + " has no constraint " + name,
          NearestName.remedy(
              name,
              names,
              names.isEmpty()
                  ? "it has only its primary key."
                  : "its constraints are " + String.join(", ", names) + "."));
    }
  }

  private void setOption(OptionClause option) {
    switch (option.name().toString().toLowerCase(Locale.ROOT)) {
      case "ttl" -> {
        if (option.value().equalsIgnoreCase("none")) {
          table.ttl = Optional.empty();
        } else {
          TableOptions.Ttl ttl = TableOptions.Ttl.of(option);
          Expiry.check(ttl, table.columns);
          table.ttl = Optional.of(ttl.column());
        }
      }
      case "replicas" -> TableOptions.requireOneReplica(option);
      case "shards", "shard_key", "auto_index" ->
          throw DefinitionProblem.at(
              ErrorCode.OPTION_INVALID,
              option.name().getParserPosition(),
              "a table keeps the option " + option.name() + " it was created with",
              "create a table with the new value, and INSERT INTO it with SELECT.");
      default -> throw TableOptions.unknown(option, List.of("ttl", "replicas"));
    }
  }

  private RuntimeException exists(SqlIdentifier name) {
    return DefinitionProblem.at(
        ErrorCode.COLUMN_EXISTS,
        name.getParserPosition(),
        "table " + table.name + " has a column " + name + " already",
        "choose another name.");
  }
}
