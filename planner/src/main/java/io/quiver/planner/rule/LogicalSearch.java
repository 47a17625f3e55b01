package io.quiver.planner.rule;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/**
 * One search of one table. Gives the table's fields, then distance and score.
 *
 * <p>The candidates, where there are any, are another search of the same table, possibly filtered:
 * only its rows are scored.
 */
public final class LogicalSearch extends AbstractRelNode {
  private final RelOptTable searched;
  private final SearchSpec spec;
  private final RelDataType fields;
  private Optional<RelNode> candidates;

  public LogicalSearch(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelOptTable searched,
      SearchSpec spec,
      Optional<RelNode> candidates,
      RelDataType fields) {
    super(cluster, traits);
    this.searched = searched;
    this.spec = spec;
    this.candidates = candidates;
    this.fields = fields;
  }

  public RelOptTable searchedTable() {
    return searched;
  }

  public SearchSpec spec() {
    return spec;
  }

  public Optional<RelNode> candidates() {
    return candidates;
  }

  /** How many of the first fields are the table's. */
  public int tableFields() {
    return searched.getRowType().getFieldCount();
  }

  /** Position of the distance; the score follows. */
  public int distanceField() {
    return tableFields();
  }

  /** The same search with another specification. */
  public LogicalSearch with(SearchSpec other) {
    return new LogicalSearch(getCluster(), getTraitSet(), searched, other, candidates, fields);
  }

  @Override
  protected RelDataType deriveRowType() {
    return fields;
  }

  @Override
  public List<RelNode> getInputs() {
    return candidates.map(List::of).orElse(List.of());
  }

  @Override
  public void replaceInput(int ordinal, RelNode input) {
    candidates = Optional.of(input);
    recomputeDigest();
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new LogicalSearch(
        getCluster(), traits, searched, spec, inputs.stream().findFirst(), fields);
  }

  /** Everything that tells two searches apart, or planners would merge them. */
  @Override
  public RelWriter explainTerms(RelWriter writer) {
    RelWriter out = super.explainTerms(writer);
    candidates.ifPresent(each -> out.input("candidates", each));
    return out.item("table", searched.getQualifiedName())
        .item("kind", spec.kind())
        .item("column", spec.column())
        .item("query", spec.query())
        .itemIf("k", spec.topK().orElse(null), spec.topK().isPresent())
        .itemIf("metric", spec.metric().orElse(null), spec.metric().isPresent())
        .item("effort", spec.effort())
        .itemIf("filter", spec.conditions(), !spec.conditions().isEmpty())
        .itemIf("max_distance", spec.maxDistances(), !spec.maxDistances().isEmpty())
        .itemIf("min_score", spec.minScores(), !spec.minScores().isEmpty())
        .itemIf("origin", spec.origin().orElse(null), spec.origin().isPresent());
  }

  @Override
  public RelNode accept(RexShuttle shuttle) {
    SearchSpec changed = spec.apply(shuttle);
    return changed.equals(spec) ? this : with(changed);
  }

  @Override
  public void collectVariablesUsed(Set<CorrelationId> variables) {
    RelOptUtil.VariableUsedVisitor visitor = new RelOptUtil.VariableUsedVisitor(null);
    spec.expressions().forEach(each -> each.accept(visitor));
    variables.addAll(visitor.variables);
  }

  /** Whether it reads columns of an outer row. */
  public boolean isCorrelated() {
    RelOptUtil.VariableUsedVisitor visitor = new RelOptUtil.VariableUsedVisitor(null);
    spec.expressions().forEach(each -> each.accept(visitor));
    return !visitor.variables.isEmpty();
  }

  @Override
  public double estimateRowCount(RelMetadataQuery query) {
    RexNode rows = spec.topK().orElse(null);
    return rows instanceof RexLiteral literal && !literal.isNull()
        ? RexLiteral.intValue(literal)
        : 100;
  }
}
