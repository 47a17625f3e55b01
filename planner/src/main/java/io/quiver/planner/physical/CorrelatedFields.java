package io.quiver.planner.physical;

import io.quiver.planner.rule.PlanExpressions;
import java.util.Set;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** The fields of a row that sub-queries read through correlation variables. */
final class CorrelatedFields extends PlanExpressions {
  private final Set<CorrelationId> variables;
  private final ImmutableBitSet.Builder fields = ImmutableBitSet.builder();

  private CorrelatedFields(Set<CorrelationId> variables) {
    this.variables = variables;
  }

  static ImmutableBitSet of(RexNode node, Set<CorrelationId> variables) {
    if (variables.isEmpty()) {
      return ImmutableBitSet.of();
    }
    CorrelatedFields finder = new CorrelatedFields(variables);
    node.accept(finder);
    return finder.fields.build();
  }

  @Override
  public RexNode visitFieldAccess(RexFieldAccess access) {
    if (access.getReferenceExpr() instanceof RexCorrelVariable variable
        && variables.contains(variable.id)) {
      fields.set(access.getField().getIndex());
    }
    return super.visitFieldAccess(access);
  }
}
