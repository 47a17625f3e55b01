package io.quiver.planner.physical;

import io.quiver.planner.rule.OuterFields;
import java.util.List;
import java.util.Optional;

/**
 * A sub-query of an expression, beside the plan whose expressions ask for it.
 *
 * @param kind of the expression, such as EXISTS
 * @param reads the fields of outer rows that its rows depend on; empty where equal ones do not make
 *     equal rows
 */
record SubQueryNode(
    PlanNode input, String kind, boolean correlated, Optional<List<OuterFields.Field>> reads)
    implements PlanNode {
  @Override
  public RowSource open(Execution execution) {
    return input.open(execution);
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    String run =
        !correlated
            ? "once"
            : reads
                .map(
                    fields ->
                        "once for each different "
                            + fields.stream().map(OuterFields.Field::name).toList())
                .orElse("for each outer row");
    return "SubQuery(kind=" + kind + ", run=" + run + ")";
  }
}
