package io.quiver.planner.physical;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows of a table a filter admits, as often as asked for: no row is read.
 *
 * @param columns how many times the number stands in the one row there is
 */
record CountNode(TableNode table, FilterSource filter, int columns, String label)
    implements PlanNode {
  @Override
  public RowSource open(Execution execution) {
    long count = table.view(execution).count(filter.filter(execution), execution.bindings().stop());
    @Nullable Object[] row = new Object[columns];
    java.util.Arrays.fill(row, count);
    return new RowSource() {
      private boolean given;

      @Override
      public @Nullable Object @Nullable [] next() {
        boolean first = !given;
        given = true;
        return first ? row : null;
      }
    };
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of();
  }

  @Override
  public String describe() {
    return "Count(" + table.describe() + (label.isEmpty() ? "" : ", filter=" + label) + ")";
  }
}
