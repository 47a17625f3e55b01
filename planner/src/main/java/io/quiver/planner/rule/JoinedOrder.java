package io.quiver.planner.rule;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
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
    Optional<JoinLeaves> join = JoinLeaves.of(shape.base());
    Optional<JoinLeaves.Leaf> searched = join.flatMap(each -> each.covering(read));
    if (searched.isEmpty()) {
      return Optional.empty();
    }
    JoinLeaves.Leaf leaf = searched.get();
    List<RexNode> inside = new ArrayList<>();
    for (RexNode condition : shape.conditions()) {
      if (!leaf.covers(RelOptUtil.InputFinder.bits(condition))) {
        return Optional.empty();
      }
      inside.add(RexUtil.shift(condition, -leaf.first()));
    }
    return new PartnerSets(join.get(), builder)
        .of(leaf)
        .flatMap(
            more -> {
              inside.addAll(more);
              return search.apply(order(leaf, RexUtil.shift(key, -leaf.first()), inside));
            })
        .map(found -> sort.copy(sort.getTraitSet(), List.of(over(leaf, withoutKey(leaf, found)))));
  }

  /** The searched table's rows by distance, the key as a last field. */
  private Sort order(JoinLeaves.Leaf leaf, RexNode key, List<RexNode> inside) {
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

  private RelNode withoutKey(JoinLeaves.Leaf leaf, RelNode found) {
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
  private RelNode over(JoinLeaves.Leaf leaf, RelNode search) {
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
