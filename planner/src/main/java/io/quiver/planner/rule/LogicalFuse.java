package io.quiver.planner.rule;

import io.quiver.sql.function.FuseColumns;
import io.quiver.sql.function.FusionMethod;
import io.quiver.sql.problem.SqlPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** The rows of several queries, one for each that any of them gives, by their fused score. */
public final class LogicalFuse extends AbstractRelNode {
  private final List<RelNode> legs;
  private final FuseColumns columns;
  private final Spec spec;

  /**
   * How it is done.
   *
   * @param topK how many rows; empty for all
   * @param rankConstant empty for 60
   * @param weights empty for 1 each
   * @param position where it was written
   */
  public record Spec(
      FusionMethod method,
      Optional<RexNode> topK,
      Optional<RexNode> rankConstant,
      Optional<RexNode> weights,
      SqlPosition position) {
    Stream<RexNode> expressions() {
      return Stream.of(topK, rankConstant, weights).flatMap(Optional::stream);
    }

    Spec apply(RexShuttle shuttle) {
      return new Spec(
          method,
          topK.map(each -> each.accept(shuttle)),
          rankConstant.map(each -> each.accept(shuttle)),
          weights.map(each -> each.accept(shuttle)),
          position);
    }
  }

  LogicalFuse(
      RelOptCluster cluster,
      RelTraitSet traits,
      List<RelNode> legs,
      FuseColumns columns,
      Spec spec) {
    super(cluster, traits);
    this.legs = new ArrayList<>(legs);
    this.columns = columns;
    this.spec = spec;
  }

  public Spec spec() {
    return spec;
  }

  public FuseColumns columns() {
    return columns;
  }

  @Override
  protected RelDataType deriveRowType() {
    return columns.rowType();
  }

  @Override
  public List<RelNode> getInputs() {
    return List.copyOf(legs);
  }

  @Override
  public void replaceInput(int ordinal, RelNode input) {
    legs.set(ordinal, input);
    recomputeDigest();
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new LogicalFuse(getCluster(), traits, inputs, columns, spec);
  }

  /** Everything that tells two of them apart, or planners would merge them. */
  @Override
  public RelWriter explainTerms(RelWriter writer) {
    RelWriter out = super.explainTerms(writer);
    for (int leg = 0; leg < legs.size(); leg++) {
      out.input("leg" + leg, legs.get(leg));
    }
    return out.item("columns", columns.names()).item("ids", columns.ids()).item("spec", spec);
  }

  @Override
  public RelNode accept(RexShuttle shuttle) {
    Spec changed = spec.apply(shuttle);
    return changed.equals(spec)
        ? this
        : new LogicalFuse(getCluster(), getTraitSet(), legs, columns, changed);
  }

  @Override
  public void collectVariablesUsed(Set<CorrelationId> variables) {
    RelOptUtil.VariableUsedVisitor visitor = new RelOptUtil.VariableUsedVisitor(null);
    spec.expressions().forEach(each -> each.accept(visitor));
    variables.addAll(visitor.variables);
  }
}
