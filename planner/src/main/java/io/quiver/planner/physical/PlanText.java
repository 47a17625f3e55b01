package io.quiver.planner.physical;

import io.quiver.planner.filter.ConditionText;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/** Plans and their expressions as people read them, for EXPLAIN. */
record PlanText(RexBuilder builder) {
  /** An expression as people read it. */
  String of(RexNode node, RelNode... inputs) {
    return new ConditionText(field -> fieldName(field, inputs), builder).of(node);
  }

  static String fieldName(int field, RelNode... inputs) {
    int position = field;
    for (RelNode input : inputs) {
      int fields = input.getRowType().getFieldCount();
      if (position < fields) {
        return input.getRowType().getFieldNames().get(position);
      }
      position -= fields;
    }
    return "$" + field;
  }

  static String order(Sort sort) {
    List<String> keys = new ArrayList<>();
    for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
      keys.add(
          fieldName(key.getFieldIndex(), sort.getInput())
              + (key.getDirection().isDescending() ? " DESC" : ""));
    }
    return String.join(", ", keys);
  }

  /** What a node does, by its kind. */
  String label(RelNode rel) {
    String name = rel.getRelTypeName().replaceFirst("^Logical", "");
    return switch (rel) {
      case Join join ->
          "Join(type="
              + join.getJoinType().lowerName
              + ", condition="
              + of(join.getCondition(), join.getLeft(), join.getRight())
              + ")";
      case Aggregate aggregate ->
          "Aggregate(group="
              + aggregate.getGroupSet().asList().stream()
                  .map(field -> fieldName(field, aggregate.getInput()))
                  .toList()
              + groupings(aggregate)
              + ", calls="
              + aggregate.getAggCallList().stream()
                  .map(call -> callText(call, aggregate.getInput()))
                  .toList()
              + ")";
      default -> name;
    };
  }

  private static String groupings(Aggregate aggregate) {
    if (aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
      return "";
    }
    return ", groupings="
        + aggregate.getGroupSets().stream()
            .map(
                set ->
                    set.asList().stream()
                        .map(field -> fieldName(field, aggregate.getInput()))
                        .toList())
            .toList();
  }

  private static String callText(AggregateCall call, RelNode input) {
    List<String> arguments =
        call.getArgList().stream().map(field -> fieldName(field, input)).toList();
    return call.getAggregation().getName()
        + "("
        + (call.isDistinct() ? "DISTINCT " : "")
        + String.join(", ", arguments)
        + ")"
        + (call.filterArg < 0 ? "" : " FILTER " + fieldName(call.filterArg, input));
  }
}
