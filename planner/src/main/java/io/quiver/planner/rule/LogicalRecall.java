package io.quiver.planner.rule;

import io.quiver.sql.function.RecallFunction;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** A measurement of the recall of searches over one column. */
public final class LogicalRecall extends AbstractRelNode {
  private final RelOptTable measured;
  private final Spec spec;

  /**
   * What is measured.
   *
   * @param column position of the column among the table's fields
   * @param topK how many of the nearest are compared; empty for 10
   * @param sample how many queries; empty for 100
   * @param efSearch empty for the session's
   */
  public record Spec(
      int column, Optional<RexNode> topK, Optional<RexNode> sample, Optional<RexNode> efSearch) {
    Spec apply(RexShuttle shuttle) {
      return new Spec(
          column,
          topK.map(each -> each.accept(shuttle)),
          sample.map(each -> each.accept(shuttle)),
          efSearch.map(each -> each.accept(shuttle)));
    }
  }

  LogicalRecall(RelOptCluster cluster, RelTraitSet traits, RelOptTable measured, Spec spec) {
    super(cluster, traits);
    this.measured = measured;
    this.spec = spec;
  }

  public RelOptTable measuredTable() {
    return measured;
  }

  public Spec spec() {
    return spec;
  }

  @Override
  protected RelDataType deriveRowType() {
    return RecallFunction.rowType();
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new LogicalRecall(getCluster(), traits, measured, spec);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("table", measured.getQualifiedName()).item("spec", spec);
  }

  @Override
  public RelNode accept(RexShuttle shuttle) {
    Spec changed = spec.apply(shuttle);
    return changed.equals(spec)
        ? this
        : new LogicalRecall(getCluster(), getTraitSet(), measured, changed);
  }
}
