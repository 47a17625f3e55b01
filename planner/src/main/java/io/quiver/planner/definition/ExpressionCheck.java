package io.quiver.planner.definition;

import io.quiver.planner.QueryPlanner;
import io.quiver.planner.QueryPlanner.Projections;
import io.quiver.planner.ResultType;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.expression.UnsupportedExpressionException;
import io.quiver.planner.write.ColumnTypeSpec;
import io.quiver.planner.write.Selects;
import io.quiver.sql.catalog.CatalogChange;
import io.quiver.sql.catalog.CatalogSnapshot;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.parser.ColumnClause;
import io.quiver.sql.parser.ColumnConstraint;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.validate.CatalogSchema;
import io.quiver.sql.validate.TreeCopy;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Whether the expressions in a table's definition hold, while their places in the statement are
 * known: DEFAULT, CHECK and generated columns are kept as text and compiled by each write.
 */
final class ExpressionCheck {
  private final TableDefinition table;
  private final QueryPlanner planner;

  /**
   * @param table as the statement leaves it
   */
  ExpressionCheck(CatalogSnapshot catalog, TableDefinition table) {
    this.table = table;
    this.planner =
        new QueryPlanner(
            new CatalogSchema(catalog.with(new CatalogChange.PutTable(table)), List.of()),
            (recipe, words) -> {
              throw new IllegalStateException("No search stands in a table's definition");
            });
  }

  /** The expressions of a column clause but its CHECK. */
  static void ofClause(ExpressionCheck check, ColumnClause clause, ColumnDefinition column) {
    for (ColumnConstraint constraint : clause.constraints()) {
      switch (constraint) {
        case ColumnConstraint.Default value -> check.defaultValue(value.value(), column);
        case ColumnConstraint.Computed value -> check.computed(value.value(), column);
        default -> {
          // No expression.
        }
      }
    }
  }

  /** A DEFAULT, which reads no column; its compiled form. */
  Projections defaultValue(SqlNode value, ColumnDefinition column) {
    return compiled(
        value,
        copy ->
            planner.projections(
                Selects.of(List.of(ColumnTypeSpec.cast(copy, column.type()))), table.schema()));
  }

  /** The expression of a generated column, over the row's fields; its compiled form. */
  Evaluator computed(SqlNode value, ColumnDefinition column) {
    for (String name : ColumnNames.in(value)) {
      boolean isComputed =
          table.columns().stream()
              .anyMatch(each -> each.name().equals(name) && each.computedSql().isPresent());
      if (isComputed) {
        throw DefinitionProblem.at(
            ErrorCode.TABLE_INVALID,
            value.getParserPosition(),
            "generated column "
                + column.name()
                + " is computed from "
                + name
                + ", which is generated too",
            "compute it from columns that are given.");
      }
    }
    return compiled(value, copy -> ofRow(ColumnTypeSpec.cast(copy, column.type()))).evaluators()[0];
  }

  /** A condition over the row. */
  void condition(SqlNode condition) {
    compiledCondition(condition);
  }

  /** A condition over the row's fields, ready to be evaluated. */
  Evaluator compiledCondition(SqlNode condition) {
    Projections projections = compiled(condition, this::ofRow);
    ResultType type = projections.columns().getFirst().type();
    if (type.kind() != ResultType.Kind.BOOLEAN) {
      throw DefinitionProblem.at(
          ErrorCode.TYPES_DIFFER,
          condition.getParserPosition(),
          "a CHECK is true or false, and this is " + type.name(),
          "compare the value with something.");
    }
    return projections.evaluators()[0];
  }

  /** An expression over the row's fields, as algebra. */
  RexNode algebra(SqlNode expression) {
    SqlNode from = new SqlIdentifier(List.of(table.schema(), table.name()), SqlParserPos.ZERO);
    return planner
        .expressions(Selects.of(List.of(TreeCopy.of(expression)), from, null), table.schema())
        .getFirst();
  }

  private Projections ofRow(SqlNode expression) {
    SqlNode from = new SqlIdentifier(List.of(table.schema(), table.name()), SqlParserPos.ZERO);
    return planner.projections(Selects.of(List.of(expression), from, null), table.schema());
  }

  private static Projections compiled(SqlNode expression, Function<SqlNode, Projections> compile) {
    SqlParserPos position = expression.getParserPosition();
    Projections projections;
    try {
      projections = compile.apply(TreeCopy.of(expression));
    } catch (UnsupportedExpressionException unsupported) {
      throw DefinitionProblem.at(
          ErrorCode.NOT_SUPPORTED,
          position,
          "a sub-query cannot stand in the definition of a table",
          "use the row's own columns, constants and functions of them.");
    }
    if (!projections.parameters().isEmpty()) {
      throw DefinitionProblem.at(
          ErrorCode.NOT_SUPPORTED,
          position,
          "a parameter cannot stand in the definition of a table",
          "write the value itself.");
    }
    return projections;
  }
}
