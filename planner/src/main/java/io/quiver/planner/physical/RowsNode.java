package io.quiver.planner.physical;

import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows that are there already: of VALUES, or of a table about tables. */
record RowsNode(Function<Execution, List<@Nullable Object[]>> rows, String label)
    implements PlanNode {
  @Override
  public RowSource open(Execution execution) {
    Iterator<@Nullable Object[]> iterator = rows.apply(execution).iterator();
    return () -> iterator.hasNext() ? iterator.next() : null;
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of();
  }

  @Override
  public String describe() {
    return label;
  }
}
