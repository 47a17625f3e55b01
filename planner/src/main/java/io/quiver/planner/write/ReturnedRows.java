package io.quiver.planner.write;

import io.quiver.planner.MemoryCursor;
import io.quiver.planner.ResultColumn;
import io.quiver.planner.StatementResult;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.planner.physical.Execution;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RETURNING: expressions over the rows a write has written or deleted.
 *
 * @param values over the table's fields
 */
record ReturnedRows(WriteTarget target, List<ResultColumn> columns, Evaluator[] values) {
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
