package io.quiver.planner.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Takes the conjuncts of one query block's WHERE down to the searches of that block.
 *
 * <p>They pass joins and laterals on the side whose rows are kept, never on the side that an outer
 * join fills with nulls. A conjunct over a lateral search may read the outer row. What speaks of
 * distance or score stays above; where it bounds them it also helps the search to stop.
 *
 * @param block number of the block
 * @param rowVariables correlation variables that stand for the block's own row
 */
record BlockPredicates(int block, Set<CorrelationId> rowVariables) {
  private static final String APPLIED_ABOVE =
      "a condition on payload columns is applied after the search, so fewer than top_k rows may"
          + " come back: it mixes them with distance or score, or holds a correlated sub-query";

  private static final String AFTER_OUTER_JOIN =
      "a condition is applied after the search, so fewer than top_k rows may come back: the search"
          + " stands on the side that an outer join fills with nulls";

  /** What became of a relation, and the conjuncts that still must be applied above it. */
  record Result(RelNode rel, List<RexNode> remaining) {}

  Result push(RelNode rel, List<RexNode> conjuncts) {
    if (conjuncts.isEmpty()) {
      return new Result(rel, conjuncts);
    }
    return switch (rel) {
      case LogicalSearch search when isOurs(search) -> intoSearch(search, conjuncts);
      case Project project -> pastProject(project, conjuncts);
      case Filter filter -> pastFilter(filter, conjuncts);
      case Join join -> intoJoin(join, conjuncts);
      case Correlate correlate -> intoCorrelate(correlate, conjuncts);
      default -> new Result(rel, conjuncts);
    };
  }

  private boolean isOurs(LogicalSearch search) {
    return search.spec().origin().filter(origin -> origin.block() == block).isPresent()
        && !search.spec().filterAfter();
  }

  private Result intoSearch(LogicalSearch search, List<RexNode> conjuncts) {
    List<RexNode> inside = new ArrayList<>();
    List<RexNode> above = new ArrayList<>();
    List<RexNode> distances = new ArrayList<>();
    List<RexNode> scores = new ArrayList<>();
    boolean partly = false;
    RexBuilder builder = search.getCluster().getRexBuilder();
    for (RexNode conjunct : conjuncts) {
      ImmutableBitSet fields = RelOptUtil.InputFinder.bits(conjunct);
      boolean ofPayload = fields.length() <= search.tableFields();
      if (ofPayload && RexUtil.isDeterministic(conjunct) && !readsRow(conjunct)) {
        inside.add(conjunct);
      } else {
        above.add(conjunct);
        partly |= ofPayload || fields.nth(0) < search.tableFields();
        DistanceBound.of(builder, conjunct, search.distanceField())
            .ifPresent(bound -> distances.add(bound.limit()));
        DistanceBound.ofScore(builder, conjunct, search.distanceField() + 1)
            .ifPresent(bound -> scores.add(bound.limit()));
      }
    }
    SearchSpec spec = search.spec().withConditions(inside).withBounds(distances, scores);
    return new Result(search.with(partly ? spec.withNote(APPLIED_ABOVE) : spec), above);
  }

  private Result pastProject(Project project, List<RexNode> conjuncts) {
    if (!leadsToSearch(project.getInput()) || RexOver.containsOver(project.getProjects(), null)) {
      return new Result(project, conjuncts);
    }
    List<RexNode> past = new FieldSubstitution(project.getProjects()).apply(conjuncts);
    Result inner = push(project.getInput(), past);
    return new Result(
        project.copy(project.getTraitSet(), List.of(inner.rel())),
        kept(conjuncts, past, inner.remaining()));
  }

  private Result pastFilter(Filter filter, List<RexNode> conjuncts) {
    Result inner = push(filter.getInput(), conjuncts);
    return new Result(filter.copy(filter.getTraitSet(), List.of(inner.rel())), inner.remaining());
  }

  /** The conjuncts whose pushed form is still to be applied. */
  private static List<RexNode> kept(
      List<RexNode> conjuncts, List<RexNode> pushed, List<RexNode> remaining) {
    List<RexNode> kept = new ArrayList<>();
    for (int i = 0; i < conjuncts.size(); i++) {
      if (remaining.contains(pushed.get(i))) {
        kept.add(conjuncts.get(i));
      }
    }
    return kept;
  }

  private boolean leadsToSearch(RelNode rel) {
    return switch (rel) {
      case LogicalSearch search -> isOurs(search);
      case Project project -> leadsToSearch(project.getInput());
      case Filter filter -> leadsToSearch(filter.getInput());
      default -> false;
    };
  }

  private Result intoJoin(Join join, List<RexNode> conjuncts) {
    int leftFields = join.getLeft().getRowType().getFieldCount();
    JoinRelType type = join.getJoinType();
    List<RexNode> remaining = new ArrayList<>(conjuncts);
    RelNode left = join.getLeft();
    RelNode right = join.getRight();
    if (type.generatesNullsOnLeft() && !of(conjuncts, 0, leftFields).isEmpty()) {
      left = noted(left);
    } else if (!type.generatesNullsOnLeft()) {
      List<RexNode> mine = of(conjuncts, 0, leftFields);
      Result result = push(left, mine);
      left = result.rel();
      remaining.removeAll(gone(mine, mine, result.remaining()));
    }
    if (type.generatesNullsOnRight()
        && !of(conjuncts, leftFields, join.getRowType().getFieldCount()).isEmpty()) {
      right = noted(right);
    } else if (!type.generatesNullsOnRight() && type.projectsRight()) {
      List<RexNode> mine = of(conjuncts, leftFields, join.getRowType().getFieldCount());
      List<RexNode> shifted = RexUtil.shift(mine, -leftFields);
      Result result = push(right, shifted);
      right = result.rel();
      remaining.removeAll(gone(mine, shifted, result.remaining()));
    }
    return new Result(join.copy(join.getTraitSet(), List.of(left, right)), remaining);
  }

  /** The searches of the block under an outer join, telling that a condition comes after them. */
  private RelNode noted(RelNode rel) {
    return switch (rel) {
      case LogicalSearch search when isOurs(search) && search.spec().topK().isPresent() ->
          search.with(search.spec().withNote(AFTER_OUTER_JOIN));
      case Project project when leadsToSearch(project) ->
          project.copy(project.getTraitSet(), List.of(noted(project.getInput())));
      case Filter filter when leadsToSearch(filter) ->
          filter.copy(filter.getTraitSet(), List.of(noted(filter.getInput())));
      default -> rel;
    };
  }

  private static List<RexNode> gone(
      List<RexNode> conjuncts, List<RexNode> pushed, List<RexNode> remaining) {
    List<RexNode> gone = new ArrayList<>(conjuncts);
    gone.removeAll(kept(conjuncts, pushed, remaining));
    return gone;
  }

  /** The conjuncts that read at least one field, all of them from a range. */
  private List<RexNode> of(List<RexNode> conjuncts, int from, int to) {
    List<RexNode> found = new ArrayList<>();
    for (RexNode conjunct : conjuncts) {
      ImmutableBitSet fields = RelOptUtil.InputFinder.bits(conjunct);
      if (!fields.isEmpty()
          && fields.nth(0) >= from
          && fields.length() <= to
          && !readsRow(conjunct)) {
        found.add(conjunct);
      }
    }
    return found;
  }

  /** Whether a sub-query in it reads the block's row, whose fields shift in a join. */
  private boolean readsRow(RexNode conjunct) {
    return FreeVariables.of(conjunct).stream().anyMatch(rowVariables::contains);
  }

  private Result intoCorrelate(Correlate correlate, List<RexNode> conjuncts) {
    int leftFields = correlate.getLeft().getRowType().getFieldCount();
    List<RexNode> remaining = new ArrayList<>(conjuncts);
    List<RexNode> mine = of(conjuncts, 0, leftFields);
    Result left = push(correlate.getLeft(), mine);
    remaining.removeAll(gone(mine, mine, left.remaining()));
    RelNode right = correlate.getRight();
    ImmutableBitSet required = correlate.getRequiredColumns();
    if (correlate.getJoinType() == JoinRelType.INNER) {
      List<RexNode> theirs = new ArrayList<>(remaining);
      theirs.removeIf(
          each -> RelOptUtil.InputFinder.bits(each).length() <= leftFields || readsRow(each));
      List<RexNode> lateral = new OuterFields(correlate, leftFields).apply(theirs);
      Result result = push(right, lateral);
      right = result.rel();
      List<RexNode> gone = gone(theirs, lateral, result.remaining());
      remaining.removeAll(gone);
      for (RexNode each : gone) {
        required =
            required.union(
                RelOptUtil.InputFinder.bits(each).intersect(ImmutableBitSet.range(leftFields)));
      }
    }
    return new Result(
        LogicalCorrelate.create(
            left.rel(),
            right,
            correlate.getHints(),
            correlate.getCorrelationId(),
            required,
            correlate.getJoinType()),
        remaining);
  }

  /** Reads fields of the left through the correlation, and renumbers those of the right. */
  private static final class OuterFields extends RexShuttle {
    private final Correlate correlate;
    private final int leftFields;

    OuterFields(Correlate correlate, int leftFields) {
      this.correlate = correlate;
      this.leftFields = leftFields;
    }

    @Override
    public RexNode visitInputRef(RexInputRef field) {
      if (field.getIndex() >= leftFields) {
        return new RexInputRef(field.getIndex() - leftFields, field.getType());
      }
      RexBuilder builder = correlate.getCluster().getRexBuilder();
      return builder.makeFieldAccess(
          builder.makeCorrel(correlate.getLeft().getRowType(), correlate.getCorrelationId()),
          field.getIndex());
    }
  }
}
