package io.quiver.planner.physical;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** Makes the running form of a join. */
final class JoinPlanner {
  private final PhysicalPlanner planner;

  JoinPlanner(PhysicalPlanner planner) {
    this.planner = planner;
  }

  PlanNode plan(Join join, ImmutableBitSet wanted) {
    List<ImmutableBitSet> fields =
        joinFields(
            join, wanted.union(OwnRow.fieldsRead(join.getCondition(), join.getVariablesSet())));
    PlanNode left = planner.plan(join.getLeft(), fields.get(0));
    PlanNode right = planner.plan(join.getRight(), fields.get(1));
    JoinInfo info = join.analyzeCondition();
    if (!info.leftKeys.isEmpty()
        && join.getVariablesSet().isEmpty()
        && info.leftKeys.stream().noneMatch(each -> isNested(join.getLeft(), each))) {
      RexNode rest = RexUtil.composeConjunction(planner.builder(), info.nonEquiConditions);
      return new HashJoinNode(
          left,
          right,
          info.leftKeys.toIntArray(),
          info.rightKeys.toIntArray(),
          nullsMatch(info),
          shape(join, rest.isAlwaysTrue() ? Optional.empty() : Optional.of(rest)),
          planner.text().label(join));
    }
    return new NestedLoopJoinNode(
        left,
        right,
        shape(join, Optional.of(join.getCondition())),
        planner.text().of(join.getCondition(), join.getLeft(), join.getRight()));
  }

  private JoinedRows.Shape shape(Join join, Optional<RexNode> condition) {
    return new JoinedRows.Shape(
        join.getJoinType(),
        join.getLeft().getRowType().getFieldCount(),
        join.getRight().getRowType().getFieldCount(),
        condition.map(
            each -> OwnRow.given(planner.expressions().compile(each), join.getVariablesSet())));
  }

  private static boolean[] nullsMatch(JoinInfo info) {
    boolean[] match = new boolean[info.leftKeys.size()];
    for (int i = 0; i < match.length; i++) {
      match[i] = !info.nullExclusionFlags.get(i);
    }
    return match;
  }

  /** Lists are compared element by element. */
  private static boolean isNested(RelNode rel, int field) {
    return rel.getRowType().getFieldList().get(field).getType().getComponentType() != null;
  }

  private static List<ImmutableBitSet> joinFields(Join join, ImmutableBitSet wanted) {
    int leftFields = join.getLeft().getRowType().getFieldCount();
    int all = leftFields + join.getRight().getRowType().getFieldCount();
    ImmutableBitSet read =
        wanted
            .intersect(ImmutableBitSet.range(all))
            .union(RelOptUtil.InputFinder.bits(join.getCondition()));
    return List.of(
        read.intersect(ImmutableBitSet.range(leftFields)),
        read.intersect(ImmutableBitSet.range(leftFields, all)).shift(-leftFields));
  }
}
