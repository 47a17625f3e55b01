package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computed columns. */
record ProjectNode(PlanNode input, Evaluator[] columns, String label) implements PlanNode {
  @Override
  public RowSource open(Execution execution) {
    RowSource source = execution.open(input);
    return new RowSource() {
      @Override
      public @Nullable Object @Nullable [] next() {
        @Nullable Object @Nullable [] row = source.next();
        if (row == null) {
          return null;
        }
        @Nullable Object[] projected = new Object[columns.length];
        for (int i = 0; i < projected.length; i++) {
          projected[i] = columns[i].evaluate(row, execution.bindings());
        }
        return projected;
      }

      @Override
      public void close() {
        source.close();
      }
    };
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    return "Project(" + label + ")";
  }
}
