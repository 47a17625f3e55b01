package io.quiver.planner;

import io.quiver.planner.physical.Execution;
import io.quiver.planner.physical.PlanNode;
import io.quiver.planner.physical.RowSource;
import io.quiver.sql.validate.CatalogSchema;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * A query that is ready to run.
 *
 * @param plan gives its rows
 * @param rowType names and types of its columns
 * @param columns the same in words of JDBC
 * @param parameters types of its parameters, in order
 * @param schema the version of the catalog it was planned against
 */
public record PlannedQuery(
    PlanNode plan,
    RelDataType rowType,
    List<ResultColumn> columns,
    List<RelDataType> parameters,
    CatalogSchema schema) {
  public PlannedQuery {
    columns = List.copyOf(columns);
    parameters = List.copyOf(parameters);
  }

  /**
   * Runs it.
   *
   * @param execution the run, its parameters converted to their types
   * @param atEnd what to do when the cursor is closed, such as closing the snapshot
   */
  public RowCursor open(Execution execution, Runnable atEnd) {
    execution.bindings().runBy(execution);
    RowSource source = execution.open(plan);
    return new RowCursor() {
      private @Nullable Object @Nullable [] row;
      private boolean closed;

      @Override
      public boolean next() {
        row = closed ? null : source.next();
        return row != null;
      }

      @Override
      public @Nullable Object[] row() {
        @Nullable Object[] current = row;
        if (current == null) {
          throw new IllegalStateException("No current row");
        }
        return current;
      }

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          try {
            source.close();
          } finally {
            atEnd.run();
          }
        }
      }
    };
  }
}
