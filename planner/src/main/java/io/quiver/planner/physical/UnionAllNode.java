package io.quiver.planner.physical;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of several inputs, one input after the other. */
record UnionAllNode(List<PlanNode> inputs) implements PlanNode {
  @Override
  public RowSource open(Execution execution) {
    return new RowSource() {
      private int following;
      private @Nullable RowSource current;

      @Override
      public @Nullable Object @Nullable [] next() {
        while (true) {
          if (current == null) {
            if (following == inputs.size()) {
              return null;
            }
            current = execution.open(inputs.get(following++));
          }
          @Nullable Object @Nullable [] row = current.next();
          if (row != null) {
            return row;
          }
          current.close();
          current = null;
        }
      }

      @Override
      public void close() {
        if (current != null) {
          current.close();
        }
      }
    };
  }

  @Override
  public String describe() {
    return "UnionAll";
  }
}
