package io.quiver.planner.physical;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every left row against every right row: for conditions without an equality, such as a distance
 * between vectors of both sides.
 */
record NestedLoopJoinNode(PlanNode left, PlanNode right, JoinedRows.Shape shape, String label)
    implements PlanNode {
  @Override
  public RowSource open(Execution execution) {
    return new JoinedRows(shape, execution, execution.open(left), new All(kept(right, execution)));
  }

  /** The rows of an input, which count against the query's memory. */
  static List<@Nullable Object[]> kept(PlanNode input, Execution execution) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (RowSource source = execution.open(input)) {
      @Nullable Object[] row = source.next();
      while (row != null) {
        execution.memory().keep(row);
        rows.add(row);
        row = source.next();
      }
    }
    return rows;
  }

  private record All(List<@Nullable Object[]> rows) implements JoinedRows.Rights {
    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public @Nullable Object[] row(int right) {
      return rows.get(right);
    }

    @Override
    public int first(@Nullable Object[] left) {
      return rows.isEmpty() ? NONE : 0;
    }

    @Override
    public int after(int right) {
      return right + 1 < rows.size() ? right + 1 : NONE;
    }
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(left, right);
  }

  @Override
  public String describe() {
    return "NestedLoopJoin(type=" + shape.type().lowerName + ", condition=" + label + ")";
  }
}
