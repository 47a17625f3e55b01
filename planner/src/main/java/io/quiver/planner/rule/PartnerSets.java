package io.quiver.planner.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * What a join's other tables ask of one of them, said by sets: {@code (a, b) IN (SELECT x, y FROM
 * others)} for each group of tables that hang together without it.
 */
final class PartnerSets {
  private final JoinLeaves join;
  private final RexBuilder builder;

  PartnerSets(JoinLeaves join, RexBuilder builder) {
    this.join = join;
    this.builder = builder;
  }

  /** What the other leaves ask of the searched one; empty where that cannot be said by sets. */
  Optional<List<RexNode>> of(JoinLeaves.Leaf searched) {
    List<RexNode> asked = new ArrayList<>();
    for (RexNode condition : join.conditions()) {
      if (searched.covers(RelOptUtil.InputFinder.bits(condition))) {
        asked.add(RexUtil.shift(condition, -searched.first()));
      }
    }
    BitSet done = new BitSet();
    for (int i = 0; i < join.leaves().size(); i++) {
      if (join.leaves().get(i) == searched || join.leaves().get(i).optional() || done.get(i)) {
        continue;
      }
      BitSet group = join.group(i, searched);
      done.or(group);
      if (group.stream().anyMatch(each -> join.leaves().get(each).optional())) {
        return Optional.empty();
      }
      Optional<RexNode> condition = asked(searched, group);
      if (condition.isEmpty()) {
        return Optional.empty();
      }
      condition.filter(each -> !each.isAlwaysTrue()).ifPresent(asked::add);
    }
    return Optional.of(asked);
  }

  /** {@code (a, b) IN (SELECT x, y FROM the group joined)}. */
  private Optional<RexNode> asked(JoinLeaves.Leaf searched, BitSet group) {
    List<RexNode> keys = new ArrayList<>();
    List<RexNode> values = new ArrayList<>();
    List<RexNode> within = new ArrayList<>();
    int own = join.leaves().indexOf(searched);
    for (RexNode condition : join.conditions()) {
      BitSet touched = join.touched(condition);
      boolean ofSearched = touched.get(own);
      touched.clear(own);
      if (!touched.intersects(group)) {
        continue;
      }
      if (!ofSearched) {
        within.add(condition);
      } else if (!tie(condition, searched, keys, values)) {
        return Optional.empty();
      }
    }
    RelNode joined = null;
    int[] moved = new int[join.leaves().getLast().end()];
    for (int i = group.nextSetBit(0); i >= 0; i = group.nextSetBit(i + 1)) {
      JoinLeaves.Leaf leaf = join.leaves().get(i);
      int at = joined == null ? 0 : joined.getRowType().getFieldCount();
      for (int field = leaf.first(); field < leaf.end(); field++) {
        moved[field] = at + field - leaf.first();
      }
      joined = joined == null ? leaf.rel() : joined(joined, leaf.rel(), within, moved, leaf);
    }
    if (joined == null) {
      return Optional.empty();
    }
    if (!within.isEmpty()) {
      joined =
          LogicalFilter.create(joined, RexUtil.composeConjunction(builder, moved(within, moved)));
    }
    if (keys.isEmpty()) {
      // Nothing ties the group to the searched table: it admits all rows, or none.
      return Optional.of(RexSubQuery.exists(joined));
    }
    RelNode rows =
        LogicalProject.create(
            joined,
            List.of(),
            moved(values, moved),
            (List<String>) null,
            ImmutableSet.<CorrelationId>of());
    return Optional.of(
        RexSubQuery.in(rows, ImmutableList.copyOf(RexUtil.shift(keys, -searched.first()))));
  }

  /** Joins one leaf more, by the conditions whose fields are there by then. */
  private RelNode joined(
      RelNode left, RelNode right, List<RexNode> within, int[] moved, JoinLeaves.Leaf added) {
    List<RexNode> now = new ArrayList<>();
    int fields = left.getRowType().getFieldCount();
    within.removeIf(
        condition -> {
          boolean usable = isThere(condition, added, fields, moved);
          if (usable) {
            now.add(condition);
          }
          return usable;
        });
    return LogicalJoin.create(
        left,
        right,
        List.of(),
        RexUtil.composeConjunction(builder, moved(now, moved)),
        java.util.Set.of(),
        JoinRelType.INNER);
  }

  /** Whether a condition reads the added leaf, and otherwise leaves that were joined before. */
  private boolean isThere(RexNode condition, JoinLeaves.Leaf added, int fieldsBefore, int[] moved) {
    boolean readsAdded = false;
    for (int field : RelOptUtil.InputFinder.bits(condition)) {
      boolean ofAdded = field >= added.first() && field < added.end();
      readsAdded |= ofAdded;
      if (!ofAdded && (field >= added.first() || moved[field] >= fieldsBefore)) {
        return false;
      }
    }
    return readsAdded;
  }

  private List<RexNode> moved(List<RexNode> nodes, int[] moved) {
    return nodes.stream()
        .map(
            node ->
                node.accept(
                    new org.apache.calcite.rex.RexShuttle() {
                      @Override
                      public RexNode visitInputRef(org.apache.calcite.rex.RexInputRef ref) {
                        return builder.makeInputRef(ref.getType(), moved[ref.getIndex()]);
                      }
                    }))
        .toList();
  }

  /** Takes {@code searched = other} apart. */
  private static boolean tie(
      RexNode condition, JoinLeaves.Leaf searched, List<RexNode> keys, List<RexNode> values) {
    if (condition.getKind() != SqlKind.EQUALS) {
      return false;
    }
    List<RexNode> sides = ((RexCall) condition).getOperands();
    int mine = searched.covers(RelOptUtil.InputFinder.bits(sides.get(0))) ? 0 : 1;
    ImmutableBitSet theirs = RelOptUtil.InputFinder.bits(sides.get(1 - mine));
    if (!searched.covers(RelOptUtil.InputFinder.bits(sides.get(mine)))
        || theirs.intersects(ImmutableBitSet.range(searched.first(), searched.end()))) {
      return false;
    }
    keys.add(sides.get(mine));
    values.add(sides.get(1 - mine));
    return true;
  }
}
