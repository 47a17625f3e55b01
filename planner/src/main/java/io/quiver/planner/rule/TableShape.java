package io.quiver.planner.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;

/**
 * A chain of projections and filters over one base, told in terms of the base's fields.
 *
 * @param base a table scan, another search, or a join
 * @param fields what each field of the whole is, over the base's fields
 * @param conditions all that must hold, over the base's fields
 */
public record TableShape(RelNode base, List<RexNode> fields, List<RexNode> conditions) {
  public TableShape {
    fields = List.copyOf(fields);
    conditions = List.copyOf(conditions);
  }

  /** The shape of a relation, if it has one. */
  public static Optional<TableShape> of(RelNode rel) {
    RelNode node = rel.stripped();
    RexBuilder builder = node.getCluster().getRexBuilder();
    return switch (node) {
      case Project project -> {
        if (RexOver.containsOver(project.getProjects(), null)) {
          yield Optional.empty();
        }
        yield of(project.getInput())
            .map(inner -> inner.with(inner.over(project.getProjects()), List.of()));
      }
      case Filter filter ->
          filter.containsOver() || !filter.getVariablesSet().isEmpty()
              ? Optional.empty()
              : of(filter.getInput())
                  .map(
                      inner ->
                          inner.with(
                              inner.fields,
                              inner.over(RelOptUtil.conjunctions(filter.getCondition()))));
      case TableScan scan -> Optional.of(base(scan, builder));
      case LogicalSearch search -> Optional.of(base(search, builder));
      case Join join -> Optional.of(base(join, builder));
      default -> Optional.empty();
    };
  }

  private static TableShape base(RelNode rel, RexBuilder builder) {
    List<RexNode> fields = new ArrayList<>();
    for (int i = 0; i < rel.getRowType().getFieldCount(); i++) {
      fields.add(builder.makeInputRef(rel, i));
    }
    return new TableShape(rel, fields, List.of());
  }

  private TableShape with(List<RexNode> newFields, List<RexNode> more) {
    List<RexNode> all = new ArrayList<>(conditions);
    all.addAll(more);
    return new TableShape(base, newFields, all);
  }

  /** Expressions over the whole's fields as expressions over the base's. */
  public List<RexNode> over(List<RexNode> expressions) {
    return new FieldSubstitution(fields).apply(expressions);
  }

  /** An expression over the whole's fields as one over the base's. */
  public RexNode over(RexNode expression) {
    return expression.accept(new FieldSubstitution(fields));
  }
}
