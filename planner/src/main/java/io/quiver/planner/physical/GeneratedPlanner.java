package io.quiver.planner.physical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Has Calcite run a relation, over inputs of ours: its code is compiled when the plan is made. */
final class GeneratedPlanner {
  /** Kinds of functions whose value grows with the rows. */
  private static final Set<SqlKind> COLLECTING =
      Set.of(
          SqlKind.LISTAGG,
          SqlKind.ARRAY_AGG,
          SqlKind.ARRAY_CONCAT_AGG,
          SqlKind.STRING_AGG,
          SqlKind.GROUP_CONCAT,
          SqlKind.COLLECT,
          SqlKind.FUSION,
          SqlKind.JSON_ARRAYAGG,
          SqlKind.JSON_OBJECTAGG);

  private final PhysicalPlanner planner;

  GeneratedPlanner(PhysicalPlanner planner) {
    this.planner = planner;
  }

  /** A relation Calcite runs, over inputs of ours. */
  PlanNode plan(RelNode rel, List<ImmutableBitSet> wanted) {
    EnumerableRel converted = toEnumerable(rel, wanted);
    return EnumerableNode.of(converted, planner.text().label(rel));
  }

  private EnumerableRel toEnumerable(RelNode rel, List<ImmutableBitSet> wanted) {
    List<RelNode> inputs = new ArrayList<>();
    for (int i = 0; i < rel.getInputs().size(); i++) {
      RelNode input = rel.getInput(i);
      ImmutableBitSet fields =
          wanted.isEmpty()
              ? ImmutableBitSet.range(input.getRowType().getFieldCount())
              : wanted.get(i);
      inputs.add(new QuiverInput(input, planner.plan(input, fields), keeps(rel)));
    }
    RelNode copy = rel.copy(rel.getTraitSet(), inputs);
    ConverterRule rule =
        switch (rel) {
          case Aggregate aggregate -> (ConverterRule) EnumerableRules.ENUMERABLE_AGGREGATE_RULE;
          case Window window -> (ConverterRule) EnumerableRules.ENUMERABLE_WINDOW_RULE;
          case Uncollect uncollect -> (ConverterRule) EnumerableRules.ENUMERABLE_UNCOLLECT_RULE;
          default -> null;
        };
    if (rule == null || !(rule.convert(copy) instanceof EnumerableRel converted)) {
      throw PhysicalPlanner.notSupported(planner.text().label(rel));
    }
    return converted;
  }

  /**
   * Whether Calcite's operator keeps the rows of its input. One that aggregates keeps values of its
   * groups, or all where it puts them in order; those are taken for all rows.
   */
  private static boolean keeps(RelNode rel) {
    return switch (rel) {
      case Aggregate aggregate ->
          aggregate.getAggCallList().stream()
              .anyMatch(
                  call ->
                      call.isDistinct()
                          || !call.getCollation().getFieldCollations().isEmpty()
                          || COLLECTING.contains(call.getAggregation().getKind()));
      case Window window -> true;
      default -> false;
    };
  }
}
