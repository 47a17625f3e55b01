package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows for which a condition is true. */
record FilterNode(PlanNode input, Evaluator condition, String label) implements PlanNode {
  @Override
  public RowSource open(Execution execution) {
    RowSource source = execution.open(input);
    return new RowSource() {
      @Override
      public @Nullable Object @Nullable [] next() {
        @Nullable Object @Nullable [] row = source.next();
        while (row != null && !condition.isTrue(row, execution.bindings())) {
          row = source.next();
        }
        return row;
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
    return "Filter(condition=" + label + ")";
  }
}
