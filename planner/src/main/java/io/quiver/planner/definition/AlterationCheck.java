package io.quiver.planner.definition;

import io.quiver.planner.QueryPlanner.Projections;
import io.quiver.planner.derive.Fill;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SqlColumnType.Scalar;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.ColumnClause;
import io.quiver.sql.parser.ColumnConstraint;
import io.quiver.sql.problem.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * What changes of a table ask of its expressions and of the rows there are: gathered while the
 * changes are made, and looked at together when all are. For one statement.
 */
final class AlterationCheck {
  private static final Object[] NO_ROW = {};

  private final TableDefinition before;
  private final TableDraft table;
  private final CatalogSnapshot catalog;
  private final StoredRows rows;
  private final List<ColumnClause> added = new ArrayList<>();
  private final List<SqlIdentifier> required = new ArrayList<>();
  private final List<DefaultClause> defaults = new ArrayList<>();

  /** Conditions that are new, for whoever makes one to add. */
  final List<SqlNode> conditions = new ArrayList<>();

  private record DefaultClause(SqlIdentifier column, SqlNode value) {}

  AlterationCheck(
      TableDefinition before, TableDraft table, CatalogSnapshot catalog, StoredRows rows) {
    this.before = before;
    this.table = table;
    this.catalog = catalog;
    this.rows = rows;
  }

  void added(ColumnClause clause) {
    added.add(clause);
  }

  /** The column is to have no nulls from now on. */
  void required(SqlIdentifier column) {
    required.add(column);
  }

  void hasDefault(SqlIdentifier column, SqlNode value) {
    defaults.add(new DefaultClause(column, value));
  }

  /** What was asked of the column is void. */
  void dropped(String column) {
    added.removeIf(each -> each.name().getSimple().equals(column));
    required.removeIf(each -> each.getSimple().equals(column));
  }

  /** The table after the changes, with what its rows there are read in added columns. */
  TableDefinition checked() {
    checkExpressions(table.build());
    fillAddedColumns();
    TableDefinition altered = table.build();
    makeAddedColumns(altered);
    checkRows(altered);
    return altered;
  }

  private void checkExpressions(TableDefinition altered) {
    ExpressionCheck check = new ExpressionCheck(catalog, altered);
    for (ColumnClause clause : added) {
      ExpressionCheck.ofClause(check, clause, table.column(clause.name()));
    }
    for (DefaultClause clause : defaults) {
      table
          .find(clause.column().getSimple())
          .ifPresent(column -> check.defaultValue(clause.value(), column));
    }
    conditions.forEach(check::condition);
  }

  /** Rows there are read the DEFAULT of a column added, as it is now. */
  private void fillAddedColumns() {
    for (ColumnClause clause : added) {
      ColumnDefinition column = table.column(clause.name());
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
      ColumnDefinition column = table.column(clause.name());
      if (column.identity()) {
        rows.number(column, clause.position());
      }
    }
    ExpressionCheck check = new ExpressionCheck(catalog, altered);
    for (ColumnClause clause : added) {
      ColumnDefinition column = table.column(clause.name());
      for (ColumnConstraint constraint : clause.constraints()) {
        if (constraint instanceof ColumnConstraint.Computed computed) {
          rows.compute(column, check.computed(computed.value(), column), altered, computed.value());
        }
      }
    }
  }

  private void checkRows(TableDefinition altered) {
    if (rows.isEmpty()) {
      return;
    }
    for (SqlIdentifier name : required) {
      ColumnDefinition column = table.column(name);
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
}
