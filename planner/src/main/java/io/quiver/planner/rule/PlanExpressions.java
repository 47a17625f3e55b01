package io.quiver.planner.rule;

import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/** Visits every expression of a plan, and of the plans of its sub-queries. */
public abstract class PlanExpressions extends RexShuttle {
  private final Set<CorrelationId> bound = new HashSet<>();

  /** Visits a plan, its inputs too. */
  protected final void visit(RelNode rel) {
    if (rel instanceof Correlate correlate) {
      bound.add(correlate.getCorrelationId());
    }
    bound.addAll(rel.getVariablesSet());
    rel.accept(this);
    rel.getInputs().forEach(this::visit);
  }

  /** The outer rows that the plans visited so far set themselves. */
  protected final Set<CorrelationId> bound() {
    return bound;
  }

  @Override
  public RexNode visitSubQuery(RexSubQuery subQuery) {
    visit(subQuery.rel);
    return super.visitSubQuery(subQuery);
  }
}
