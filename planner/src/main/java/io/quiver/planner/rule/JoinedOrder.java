package io.quiver.planner.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * An order by a distance of one table's column, over that table joined with others.
 *
 * <pre>
 * Sort(distance(d.e, ?), fetch=10)          Sort(distance(d.e, ?), fetch=10)
 *   Join(d.id = p.doc)              =>        Join(d.id = p.doc)
 *     Scan(d)                                   Search(d, k=10, filter=d.id IN (SELECT doc FROM p))
 *     Filter(p.who = ?) Scan(p)                 Filter(p.who = ?) Scan(p)
 * </pre>
 *
 * <p>The other tables are evaluated first and become a set of rows; the engine searches inside it.
 * Each row found has at least one partner, so {@code k} of them are enough for {@code k} rows of
 * the join. Inner joins, and left joins whose left side is searched.
 */
final class JoinedOrder {
  private final Sort sort;
  private final TableShape shape;
  private final RexBuilder builder;
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<RexNode> conditions = new ArrayList<>();

  /**
   * A table, or anything that is not an inner join.
   *
   * @param first position of its first field among those of the whole join
   * @param optional whether a left join may leave it out, so that it admits every row
   */
  private record Leaf(RelNode rel, int first, boolean optional) {
    int end() {
      return first + rel.getRowType().getFieldCount();
    }

    boolean covers(ImmutableBitSet fields) {
      return !fields.isEmpty() && fields.nth(0) >= first && fields.length() <= end();
    }
  }

  private JoinedOrder(Sort sort, TableShape shape) {
    this.sort = sort;
    this.shape = shape;
    this.builder = sort.getCluster().getRexBuilder();
  }

  /**
   * The order with a search under its join, or empty where there can be none.
   *
   * @param search makes a search of an order of one table
   */
  static Optional<RelNode> search(
      Sort sort, TableShape shape, Function<Sort, Optional<RelNode>> search) {
    return new JoinedOrder(sort, shape).rewrite(search);
  }

  private Optional<RelNode> rewrite(Function<Sort, Optional<RelNode>> search) {
    RelFieldCollation collation = sort.getCollation().getFieldCollations().getFirst();
    RexNode key = shape.fields().get(collation.getFieldIndex());
    ImmutableBitSet read = RelOptUtil.InputFinder.bits(key);
    if (!flatten(shape.base(), 0, false)) {
      return Optional.empty();
    }
    Optional<Leaf> searched =
        leaves.stream().filter(leaf -> leaf.covers(read) && !leaf.optional()).findFirst();
    if (searched.isEmpty()) {
      return Optional.empty();
    }
    Leaf leaf = searched.get();
    List<RexNode> inside = new ArrayList<>();
    for (RexNode condition : shape.conditions()) {
      if (!leaf.covers(RelOptUtil.InputFinder.bits(condition))) {
        return Optional.empty();
      }
      inside.add(RexUtil.shift(condition, -leaf.first()));
    }
    return admitted(leaf)
        .flatMap(
            more -> {
              inside.addAll(more);
              return search.apply(order(leaf, RexUtil.shift(key, -leaf.first()), inside));
            })
        .map(found -> sort.copy(sort.getTraitSet(), List.of(over(leaf, withoutKey(leaf, found)))));
  }

  /** Takes inner joins apart; false where one cannot be. */
  private boolean flatten(RelNode rel, int first, boolean optional) {
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
    return flatten(join.getLeft(), first, false)
        && flatten(join.getRight(), right, join.getJoinType() == JoinRelType.LEFT);
  }

  /** What the other leaves ask of the searched one; empty where that cannot be said by sets. */
  private Optional<List<RexNode>> admitted(Leaf searched) {
    List<RexNode> asked = new ArrayList<>();
    for (RexNode condition : conditions) {
      if (searched.covers(RelOptUtil.InputFinder.bits(condition))) {
        asked.add(RexUtil.shift(condition, -searched.first()));
      }
    }
    BitSet done = new BitSet();
    for (int i = 0; i < leaves.size(); i++) {
      if (leaves.get(i) == searched || leaves.get(i).optional() || done.get(i)) {
        continue;
      }
      BitSet group = group(i, searched);
      done.or(group);
      if (group.stream().anyMatch(each -> leaves.get(each).optional())) {
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

  /** The leaves that hang together with one, other than through the searched leaf. */
  private BitSet group(int from, Leaf searched) {
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

  private BitSet touched(RexNode condition) {
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

  /** {@code (a, b) IN (SELECT x, y FROM the group joined)}. */
  private Optional<RexNode> asked(Leaf searched, BitSet group) {
    List<RexNode> keys = new ArrayList<>();
    List<RexNode> values = new ArrayList<>();
    List<RexNode> within = new ArrayList<>();
    int own = leaves.indexOf(searched);
    for (RexNode condition : conditions) {
      BitSet touched = touched(condition);
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
    int[] moved = new int[leaves.getLast().end()];
    for (int i = group.nextSetBit(0); i >= 0; i = group.nextSetBit(i + 1)) {
      Leaf leaf = leaves.get(i);
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
      RelNode left, RelNode right, List<RexNode> within, int[] moved, Leaf added) {
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
  private boolean isThere(RexNode condition, Leaf added, int fieldsBefore, int[] moved) {
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
      RexNode condition, Leaf searched, List<RexNode> keys, List<RexNode> values) {
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

  /** The searched table's rows by distance, the key as a last field. */
  private Sort order(Leaf leaf, RexNode key, List<RexNode> inside) {
    RelNode rows =
        inside.isEmpty()
            ? leaf.rel()
            : LogicalFilter.create(leaf.rel(), RexUtil.composeConjunction(builder, inside));
    int fields = leaf.rel().getRowType().getFieldCount();
    List<RexNode> projects = new ArrayList<>(builder.identityProjects(leaf.rel().getRowType()));
    projects.add(key);
    List<String> names = new ArrayList<>(leaf.rel().getRowType().getFieldNames());
    names.add("$order");
    RelNode keyed =
        LogicalProject.create(rows, List.of(), projects, names, ImmutableSet.<CorrelationId>of());
    RelFieldCollation collation = sort.getCollation().getFieldCollations().getFirst();
    return LogicalSort.create(
        keyed,
        RelCollations.of(collation.withFieldIndex(fields)),
        null,
        OrderByDistance.rows(sort));
  }

  private RelNode withoutKey(Leaf leaf, RelNode found) {
    List<RexNode> fields = new ArrayList<>(builder.identityProjects(found.getRowType()));
    fields.removeLast();
    return LogicalProject.create(
        found,
        List.of(),
        fields,
        leaf.rel().getRowType().getFieldNames(),
        ImmutableSet.<CorrelationId>of());
  }

  /** What the order stands on, with the search in the leaf's place. */
  private RelNode over(Leaf leaf, RelNode search) {
    return replace(sort.getInput(), leaf.rel(), search);
  }

  private static RelNode replace(RelNode rel, RelNode leaf, RelNode search) {
    if (rel == leaf) {
      return search;
    }
    List<RelNode> inputs = new ArrayList<>();
    boolean changed = false;
    for (RelNode input : rel.stripped().getInputs()) {
      RelNode replaced = changed ? input : replace(input, leaf, search);
      changed |= replaced != input;
      inputs.add(replaced);
    }
    return changed ? rel.stripped().copy(rel.stripped().getTraitSet(), inputs) : rel;
  }
}
