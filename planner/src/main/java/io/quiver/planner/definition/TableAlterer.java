package io.quiver.planner.definition;

import io.quiver.engine.schema.Derivation;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.planner.QueryPlanner.Projections;
import io.quiver.planner.derive.Fill;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.ColumnDefinition.Visibility;
import io.quiver.sql.catalog.IndexDefinition;
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
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

/**
 * The changes of an ALTER TABLE, made one after the other to a draft of the table, and then looked
 * at together: whether its expressions hold, and whether the rows that are there meet them. For one
 * statement.
 */
final class TableAlterer {
  private static final Object[] NO_ROW = {};

  private final TableDefinition before;
  private final TableDraft table;
  private final CatalogSnapshot catalog;
  private final StoredRows rows;
  private final ColumnDefiner columns;
  private final ConstraintDefiner constraints;
  private final LongSupplier collectionIds;
  private final List<SqlNode> conditions = new ArrayList<>();
  private final List<ColumnClause> added = new ArrayList<>();
  private final List<SqlIdentifier> required = new ArrayList<>();
  private final List<DefaultClause> defaults = new ArrayList<>();
  private final Function<SqlNode, String> textOf;

  private record DefaultClause(SqlIdentifier column, SqlNode value) {}

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
  }

  /** The table after the changes. */
  TableDefinition alter(List<TableChange> changes) {
    for (TableChange change : changes) {
      apply(change);
    }
    TableDefinition altered = table.build();
    checkExpressions(altered);
    fillAddedColumns();
    altered = table.build();
    makeAddedColumns(altered);
    checkRows(altered);
    return altered;
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
      case TableChange.AddConstraint add -> constraints.add(add.constraint(), conditions);
      case TableChange.DropConstraint drop -> dropConstraint(drop);
      case TableChange.SetOptions set -> set.options().forEach(this::setOption);
    }
  }

  private void addColumn(TableChange.AddColumn add) {
    ColumnClause clause = add.column();
    String name = clause.name().getSimple();
    if (find(name).isPresent()) {
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
    boolean isVector = !(column.type() instanceof Scalar || isArray(column));
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
    constraints.add(clause, conditions);
    added.add(clause);
    if (!column.nullable()) {
      required.add(clause.name());
    }
  }

  private void dropColumn(TableChange.DropColumn drop) {
    String name = drop.name().getSimple();
    if (drop.ifExists() && find(name).isEmpty()) {
      return;
    }
    ColumnDefinition column = column(drop.name());
    String user = userOf(name);
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
    added.removeIf(each -> each.name().getSimple().equals(column.name()));
    required.removeIf(each -> each.getSimple().equals(name));
  }

  /** What would not hold without the column; null for nothing. */
  private @Nullable String userOf(String column) {
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

  private void renameColumn(TableChange.RenameColumn rename) {
    String from = column(rename.name()).name();
    String to = rename.newName().getSimple();
    if (find(to).isPresent() || to.startsWith("$")) {
      throw exists(rename.newName());
    }
    table.change(from, each -> each.draft().name(to).build());
    table.columns.replaceAll(each -> renamedIn(each, from, to));
    table.indexes.replaceAll(each -> renamedIn(each, from, to));
    table.checks.replaceAll(
        each ->
            new CheckDefinition(
                each.name(),
                ColumnNames.in(each.sql()).contains(from)
                    ? ColumnNames.renamed(each.sql(), from, to)
                    : each.sql()));
    table.uniques.replaceAll(
        each ->
            new UniqueDefinition(
                each.name(), renamed(each.columns(), from, to), each.collection()));
    table.primaryKey = renamed(table.primaryKey, from, to);
    table.shardKey = table.shardKey.map(each -> each.equals(from) ? to : each);
    table.ttl = table.ttl.map(each -> each.equals(from) ? to : each);
  }

  private static List<String> renamed(List<String> names, String from, String to) {
    return names.stream().map(each -> each.equals(from) ? to : each).toList();
  }

  private static ColumnDefinition renamedIn(ColumnDefinition column, String from, String to) {
    Optional<String> computed =
        column
            .computedSql()
            .map(
                sql ->
                    ColumnNames.in(sql).contains(from) ? ColumnNames.renamed(sql, from, to) : sql);
    ColumnDefinition.Draft draft = column.draft().computedSql(computed);
    if (column.derivation().isPresent() && column.derivation().get().source().equals(from)) {
      draft.derivation(new Derivation(to, column.derivation().get().recipe()));
    }
    return draft.build();
  }

  private static IndexDefinition renamedIn(IndexDefinition index, String from, String to) {
    boolean over = index.spec().column().equals(from);
    String expression =
        index.expression().equals(from)
            ? to
            : ColumnNames.in(index.expression()).contains(from)
                ? ColumnNames.renamed(index.expression(), from, to)
                : index.expression();
    IndexSpec spec = over ? index.spec().named(index.name(), to) : index.spec();
    if (spec instanceof IndexSpec.Hnsw hnsw) {
      spec = hnsw.withTenant(hnsw.tenant().map(each -> each.equals(from) ? to : each));
    }
    return new IndexDefinition(spec, expression, index.automatic(), index.comment());
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
    ColumnDefinition column = column(set.name());
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
      defaults.add(new DefaultClause(set.name(), value));
    }
  }

  private void setNullable(TableChange.SetNullable set) {
    ColumnDefinition column = column(set.name());
    if (set.nullable() && (table.primaryKey.contains(column.name()) || column.identity())) {
      throw DefinitionProblem.at(
          ErrorCode.TABLE_INVALID,
          set.name().getParserPosition(),
          "column " + column.name() + " of the key, or numbered by the database, has no nulls",
          "leave it NOT NULL.");
    }
    table.change(column.name(), each -> each.draft().nullable(set.nullable()).build());
    if (!set.nullable()) {
      required.add(set.name());
    }
  }

  private void setType(TableChange.SetType set) {
    ColumnDefinition column = column(set.name());
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

  private void checkExpressions(TableDefinition altered) {
    ExpressionCheck check = new ExpressionCheck(catalog, altered);
    for (ColumnClause clause : added) {
      ExpressionCheck.ofClause(check, clause, column(clause.name()));
    }
    for (DefaultClause clause : defaults) {
      find(clause.column().getSimple())
          .ifPresent(column -> check.defaultValue(clause.value(), column));
    }
    conditions.forEach(check::condition);
  }

  /** Rows there are read the DEFAULT of a column added, as it is now. */
  private void fillAddedColumns() {
    for (ColumnClause clause : added) {
      ColumnDefinition column = column(clause.name());
      Optional<SqlNode> value =
          clause.constraints().stream()
              .filter(ColumnConstraint.Default.class::isInstance)
              .map(each -> ((ColumnConstraint.Default) each).value())
              .findFirst();
      if (value.isPresent() && !rows.isEmpty()) {
        Projections compiled =
            new ExpressionCheck(catalog, table.build()).defaultValue(value.get(), column);
        Object given = compiled.evaluators()[0].evaluate(NO_ROW, rows.execution().bindings());
        Object stored = ColumnValue.toEngine(given, column.type());
        if (stored != null) {
          if (!(column.type() instanceof Scalar scalar)) {
            throw DefinitionProblem.at(
                ErrorCode.NOT_SUPPORTED,
                value.get().getParserPosition(),
                "a column of type "
                    + column.type().sql()
                    + " cannot be added with a DEFAULT"
                    + " to a table that has rows",
                "add it without, UPDATE it, then ALTER COLUMN " + column.name() + " SET DEFAULT.");
          }
          String recipe = Fill.recipe(scalar.type().kind(), stored);
          table.change(column.name(), each -> each.draft().fill(Optional.of(recipe)).build());
        }
      }
    }
  }

  /** Rows there are get a number, or what is computed from their other columns. */
  private void makeAddedColumns(TableDefinition altered) {
    if (rows.isEmpty()) {
      return;
    }
    for (ColumnClause clause : added) {
      ColumnDefinition column = column(clause.name());
      if (column.identity()) {
        rows.number(column, clause.position());
      }
    }
    ExpressionCheck check = new ExpressionCheck(catalog, altered);
    for (ColumnClause clause : added) {
      ColumnDefinition column = column(clause.name());
      for (ColumnConstraint constraint : clause.constraints()) {
        if (constraint instanceof ColumnConstraint.Computed computed) {
          rows.compute(column, check.computed(computed.value(), column), altered, computed.value());
        }
      }
    }
  }

  private static boolean isArray(ColumnDefinition column) {
    return column.type() instanceof SqlColumnType.TextArray;
  }

  private void checkRows(TableDefinition altered) {
    if (rows.isEmpty()) {
      return;
    }
    for (SqlIdentifier name : required) {
      ColumnDefinition column = column(name);
      if (!column.nullable() && rows.hasNull(column)) {
        throw DefinitionProblem.at(
            ErrorCode.NULL_NOT_ALLOWED,
            name.getParserPosition(),
            "rows of table " + before.name() + " have no value for column " + column.name(),
            "give it a DEFAULT, or UPDATE the rows first.");
      }
    }
    ExpressionCheck check = new ExpressionCheck(catalog, altered);
    for (SqlNode condition : conditions) {
      if (rows.violates(check.compiledCondition(condition), altered)) {
        throw DefinitionProblem.at(
            ErrorCode.CHECK_VIOLATED,
            condition.getParserPosition(),
            "rows of table " + before.name() + " do not meet this condition",
            "UPDATE or DELETE them first.");
      }
    }
  }

  private Optional<ColumnDefinition> find(String name) {
    return table.columns.stream()
        .filter(each -> each.visibility() != Visibility.INTERNAL)
        .filter(each -> each.name().equals(name) && !name.equals(TableDefinition.ROW_NUMBER))
        .findFirst();
  }

  private ColumnDefinition column(SqlIdentifier name) {
    return find(name.getSimple())
        .orElseThrow(
            () -> {
              List<String> names =
                  table.columns.stream()
                      .map(ColumnDefinition::name)
                      .filter(each -> !each.startsWith("$"))
                      .toList();
              return DefinitionProblem.at(
                  ErrorCode.COLUMN_UNKNOWN,
                  name.getParserPosition(),
                  "table " + table.name + " has no column " + name,
                  NearestName.remedy(
                      name.getSimple(),
                      names,
                      "the columns are " + String.join(", ", names) + "."));
            });
  }

  private RuntimeException exists(SqlIdentifier name) {
    return DefinitionProblem.at(
        ErrorCode.COLUMN_EXISTS,
        name.getParserPosition(),
        "table " + table.name + " has a column " + name + " already",
        "choose another name.");
  }
}
