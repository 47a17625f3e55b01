package io.quiver.planner.rule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A join of several taken apart: its tables, and the conditions of its inner joins over the fields
 * of all.
 */
final class JoinLeaves {
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<RexNode> conditions = new ArrayList<>();

  /**
   * A table, or anything that is not an inner join.
   *
   * @param first position of its first field among those of the whole join
   * @param optional whether a left join may leave it out, so that it admits every row
   */
  record Leaf(RelNode rel, int first, boolean optional) {
    int end() {
      return first + rel.getRowType().getFieldCount();
    }

    boolean covers(ImmutableBitSet fields) {
      return !fields.isEmpty() && fields.nth(0) >= first && fields.length() <= end();
    }
  }

  private JoinLeaves() {}

  /** Empty where the join cannot be taken apart. */
  static Optional<JoinLeaves> of(RelNode join) {
    JoinLeaves made = new JoinLeaves();
    return made.takeApart(join, 0, false) ? Optional.of(made) : Optional.empty();
  }

  /** Takes inner joins apart; false where one cannot be. */
  private boolean takeApart(RelNode rel, int first, boolean optional) {
    if (!(rel.stripped() instanceof Join join) || optional) {
      leaves.add(new Leaf(rel, first, optional));
      return true;
    }
    int right = first + join.getLeft().getRowType().getFieldCount();
    if (!join.getVariablesSet().isEmpty()) {
      return false;
    }
    if (join.getJoinType() == JoinRelType.INNER) {
      for (RexNode each : RelOptUtil.conjunctions(join.getCondition())) {
        conditions.add(RexUtil.shift(each, first));
      }
    } else if (join.getJoinType() != JoinRelType.LEFT) {
      leaves.add(new Leaf(rel, first, optional));
      return true;
    }
    return takeApart(join.getLeft(), first, false)
        && takeApart(join.getRight(), right, join.getJoinType() == JoinRelType.LEFT);
  }

  List<Leaf> leaves() {
    return leaves;
  }

  List<RexNode> conditions() {
    return conditions;
  }

  /** The leaf that has all of some fields and none of whose rows a left join makes up. */
  Optional<Leaf> covering(ImmutableBitSet fields) {
    return leaves.stream().filter(leaf -> leaf.covers(fields) && !leaf.optional()).findFirst();
  }

  /** Positions of the leaves that a condition reads. */
  BitSet touched(RexNode condition) {
    BitSet touched = new BitSet();
    for (int field : RelOptUtil.InputFinder.bits(condition)) {
      for (int i = 0; i < leaves.size(); i++) {
        if (field >= leaves.get(i).first() && field < leaves.get(i).end()) {
          touched.set(i);
        }
      }
    }
    return touched;
  }

  /** The leaves that hang together with one, other than through the searched leaf. */
  BitSet group(int from, Leaf searched) {
    BitSet group = new BitSet();
    group.set(from);
    boolean grew = true;
    while (grew) {
      grew = false;
      for (RexNode condition : conditions) {
        BitSet touched = touched(condition);
        touched.clear(leaves.indexOf(searched));
        if (touched.intersects(group) && touched.cardinality() > 1) {
          int before = group.cardinality();
          group.or(touched);
          grew |= group.cardinality() > before;
        }
      }
    }
    return group;
  }
}
