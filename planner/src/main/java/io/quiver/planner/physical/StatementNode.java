package io.quiver.planner.physical;

import java.util.ArrayList;
import java.util.List;

/**
 * A whole plan together with the sub-queries of its expressions, which EXPLAIN shows after its
 * inputs.
 */
public record StatementNode(PlanNode plan, List<? extends PlanNode> subQueries)
    implements PlanNode {
  @Override
  public RowSource open(Execution execution) {
    return execution.open(plan);
  }

  @Override
  public List<PlanNode> inputs() {
    List<PlanNode> all = new ArrayList<>(plan.inputs());
    all.addAll(subQueries);
    return all;
  }

  @Override
  public String describe() {
    return plan.describe();
  }
}
