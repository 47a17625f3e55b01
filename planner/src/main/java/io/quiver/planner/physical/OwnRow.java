package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** The row an expression is evaluated for, where sub-queries in the expression read it. */
final class OwnRow {
  private OwnRow() {}

  /** The fields an expression reads, through sub-queries too. */
  static ImmutableBitSet fieldsRead(RexNode node, Set<CorrelationId> rowVariables) {
    return RelOptUtil.InputFinder.bits(node).union(CorrelatedFields.of(node, rowVariables));
  }

  /** Lets sub-queries in an expression read the row it is evaluated for. */
  static Evaluator given(Evaluator evaluator, Set<CorrelationId> rowVariables) {
    if (rowVariables.isEmpty()) {
      return evaluator;
    }
    int[] ids = rowVariables.stream().mapToInt(CorrelationId::getId).toArray();
    return (row, bindings) -> {
      for (int id : ids) {
        bindings.correlate(id, row);
      }
      return evaluator.evaluate(row, bindings);
    };
  }
}
