package io.quiver.planner.rule;

import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;

/** The outer rows a plan reads. */
public final class FreeVariables extends PlanExpressions {
  private final Set<CorrelationId> used = new HashSet<>();

  private FreeVariables() {}

  /** Whether a plan reads any. */
  public static boolean any(RelNode rel) {
    FreeVariables variables = new FreeVariables();
    variables.visit(rel);
    return !variables.bound().containsAll(variables.used);
  }

  /** Whether a plan reads one outer row. */
  static boolean uses(RelNode rel, CorrelationId row) {
    FreeVariables variables = new FreeVariables();
    variables.visit(rel);
    return variables.used.contains(row);
  }

  /** The outer rows an expression reads, through its sub-queries too. */
  static Set<CorrelationId> of(RexNode node) {
    FreeVariables variables = new FreeVariables();
    node.accept(variables);
    variables.used.removeAll(variables.bound());
    return variables.used;
  }

  @Override
  public RexNode visitCorrelVariable(RexCorrelVariable variable) {
    used.add(variable.id);
    return variable;
  }
}
