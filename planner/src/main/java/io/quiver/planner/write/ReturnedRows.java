package io.quiver.planner.write;

import io.quiver.planner.MemoryCursor;
import io.quiver.planner.QueryPlanner.Projections;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.StatementPlanner.Planning;
import io.quiver.planner.StatementResult;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.planner.physical.Execution;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/**
 * RETURNING: expressions over the rows a write has written or deleted.
 *
 * @param values over the table's fields
 */
record ReturnedRows(WriteTarget target, List<ResultColumn> columns, Evaluator[] values) {
  /** What drivers ask back in the place of columns: those that tell the row, however made. */
  private static final String GENERATED = "$generated";

  /** What a RETURNING asks for; nothing where there is none, or nothing was generated. */
  static Optional<ReturnedRows> of(
      @Nullable SqlNodeList returning,
      WriteTarget target,
      Planning planning,
      ParameterTypes parameters) {
    List<SqlNode> asked = returning == null ? List.of() : asked(returning, target);
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    Projections projections =
        planning
            .queries()
            .projections(Selects.of(asked, target.name(), null), planning.session().schema());
    parameters.add(projections.parameters());
    return Optional.of(new ReturnedRows(target, projections.columns(), projections.evaluators()));
  }

  /** The items of RETURNING, with the key and identity columns for what drivers write. */
  private static List<SqlNode> asked(SqlNodeList returning, WriteTarget target) {
    boolean generated =
        returning.size() == 1
            && returning.get(0) instanceof SqlIdentifier name
            && name.isSimple()
            && name.getSimple().equals(GENERATED);
    if (!generated) {
      return new ArrayList<>(returning);
    }
    List<SqlNode> columns = new ArrayList<>();
    for (ColumnDefinition column : target.fields().columns()) {
      boolean key =
          target.definition().primaryKey().contains(column.name())
              && !column.name().equals(TableDefinition.ROW_NUMBER);
      if (key || column.identity()) {
        columns.add(new SqlIdentifier(column.name(), returning.getParserPosition()));
      }
    }
    return columns;
  }

  StatementResult result(List<@Nullable Object[]> rows, Execution execution) {
    List<@Nullable Object[]> results = new ArrayList<>();
    for (@Nullable Object[] row : rows) {
      results.add(evaluated(fields(row), execution));
    }
    return new StatementResult.Rows(new MemoryCursor(results), execution.warnings());
  }

  private @Nullable Object[] fields(@Nullable Object[] row) {
    @Nullable Object[] fields = new Object[target.fields().columns().size()];
    for (int field = 0; field < fields.length; field++) {
      int ordinal = target.fields().ordinal(field);
      fields[field] = ColumnValue.toRow(row[ordinal], target.definition(ordinal).type());
    }
    return fields;
  }

  private @Nullable Object[] evaluated(@Nullable Object[] fields, Execution execution) {
    @Nullable Object[] result = new Object[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i].evaluate(fields, execution.bindings());
    }
    return result;
  }
}
