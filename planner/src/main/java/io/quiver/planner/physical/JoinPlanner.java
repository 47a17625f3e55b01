package io.quiver.planner.physical;

import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
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
    JoinInfo info = join.analyzeCondition();
    if (!info.leftKeys.isEmpty()
        && info.isEqui()
        && join.getVariablesSet().isEmpty()
        && info.leftKeys.stream().noneMatch(each -> isNested(join.getLeft(), each))) {
      return planner.generated().plan(join, joinFields(join, wanted));
    }
    if (!info.leftKeys.isEmpty()
        && join.getJoinType() == JoinRelType.INNER
        && join.getVariablesSet().isEmpty()) {
      RexNode equi = info.getEquiCondition(join.getLeft(), join.getRight(), planner.builder());
      RexNode rest = RexUtil.composeConjunction(planner.builder(), info.nonEquiConditions);
      Join hash =
          LogicalJoin.create(
              join.getLeft(), join.getRight(), List.of(), equi, Set.of(), JoinRelType.INNER);
      return new FilterNode(
          planner.plan(hash, wanted.union(RelOptUtil.InputFinder.bits(rest))),
          planner.expressions().compile(rest),
          planner.text().of(rest, join.getLeft(), join.getRight()));
    }
    List<ImmutableBitSet> fields =
        joinFields(
            join, wanted.union(OwnRow.fieldsRead(join.getCondition(), join.getVariablesSet())));
    return new NestedLoopJoinNode(
        planner.plan(join.getLeft(), fields.get(0)),
        planner.plan(join.getRight(), fields.get(1)),
        OwnRow.given(planner.expressions().compile(join.getCondition()), join.getVariablesSet()),
        join.getJoinType(),
        join.getLeft().getRowType().getFieldCount(),
        join.getRight().getRowType().getFieldCount(),
        planner.text().of(join.getCondition(), join.getLeft(), join.getRight()));
  }

  /** Lists and opaque values are compared by our own code. */
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
