package io.quiver.planner.rule;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Makes {@code EXISTS} that is tied to its outer row by equalities an {@code IN} that is not tied
 * at all: it runs once, and its rows become a set the engine tests inside a scan or a search.
 *
 * <pre>
 * EXISTS (SELECT 1 FROM p WHERE p.doc = d.id AND p.who = ?)
 *   =>  d.id IN (SELECT p.doc FROM p WHERE p.who = ?)
 * </pre>
 *
 * <p>Only in WHERE, where unknown counts as false; under NOT the nulls are taken out on both sides.
 */
final class ExistsAsIn {
  private ExistsAsIn() {}

  /** The filter with every such condition replaced; the same where there is none. */
  static Filter apply(Filter filter) {
    if (filter.getVariablesSet().size() != 1) {
      return filter;
    }
    CorrelationId row = filter.getVariablesSet().iterator().next();
    RexBuilder builder = filter.getCluster().getRexBuilder();
    RexNode condition = new Rewriting(builder, row).positive(filter.getCondition());
    if (condition.equals(filter.getCondition())) {
      return filter;
    }
    Set<CorrelationId> left =
        FreeVariables.of(condition).contains(row) ? filter.getVariablesSet() : Set.of();
    return LogicalFilter.create(filter.getInput(), condition, ImmutableSet.copyOf(left));
  }

  private record Rewriting(RexBuilder builder, CorrelationId row) {
    /** A condition of which only being true matters. */
    RexNode positive(RexNode node) {
      return switch (node.getKind()) {
        case AND, OR -> {
          RexCall call = (RexCall) node;
          // What was NOT under OR is an OR of its own by now, at any depth.
          yield RexUtil.flatten(
              builder,
              call.clone(call.getType(), call.getOperands().stream().map(this::positive).toList()));
        }
        case EXISTS -> in((RexSubQuery) node, false).orElse(node);
        case NOT -> {
          RexNode negated = ((RexCall) node).getOperands().getFirst();
          yield negated.getKind() == SqlKind.EXISTS
              ? in((RexSubQuery) negated, true).orElse(node)
              : node;
        }
        default -> node;
      };
    }

    private Optional<RexNode> in(RexSubQuery exists, boolean negated) {
      RelNode rel = exists.rel.stripped();
      while (rel instanceof Project || rel instanceof Sort sort && isOrderAlone(sort)) {
        rel = rel.getInput(0).stripped();
      }
      if (!(rel instanceof Filter filter)
          || FreeVariables.uses(filter.getInput(), row)
          || !filter.getVariablesSet().isEmpty()) {
        return Optional.empty();
      }
      List<RexNode> outer = new ArrayList<>();
      List<RexNode> inner = new ArrayList<>();
      List<RexNode> rest = new ArrayList<>();
      for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
        if (!FreeVariables.of(conjunct).contains(row)) {
          rest.add(conjunct);
        } else if (!tie(conjunct, outer, inner)) {
          return Optional.empty();
        }
      }
      if (outer.isEmpty() || negated && outer.size() > 1) {
        return Optional.empty();
      }
      return Optional.of(membership(filter.getInput(), rest, outer, inner, negated));
    }

    private static boolean isOrderAlone(Sort sort) {
      return sort.fetch == null && sort.offset == null;
    }

    /** Takes {@code inner = outer} apart. */
    private boolean tie(RexNode conjunct, List<RexNode> outer, List<RexNode> inner) {
      if (conjunct.getKind() != SqlKind.EQUALS) {
        return false;
      }
      List<RexNode> sides = ((RexCall) conjunct).getOperands();
      int inside = FreeVariables.of(sides.get(0)).contains(row) ? 1 : 0;
      RexNode mine = sides.get(inside);
      RexNode theirs = sides.get(1 - inside);
      if (FreeVariables.of(mine).contains(row)
          || !RelOptUtil.InputFinder.bits(theirs).isEmpty()
          || RexUtil.SubQueryFinder.find(theirs) != null
          || RexUtil.SubQueryFinder.find(mine) != null) {
        return false;
      }
      outer.add(theirs.accept(new OwnFields()));
      inner.add(mine);
      return true;
    }

    private RexNode membership(
        RelNode input,
        List<RexNode> rest,
        List<RexNode> outer,
        List<RexNode> inner,
        boolean negated) {
      List<RexNode> conditions = new ArrayList<>(rest);
      if (negated) {
        conditions.add(builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, inner.getFirst()));
      }
      RelNode rows =
          conditions.isEmpty()
              ? input
              : LogicalFilter.create(input, RexUtil.composeConjunction(builder, conditions));
      RelNode keys =
          LogicalProject.create(
              rows, List.of(), inner, (List<String>) null, ImmutableSet.<CorrelationId>of());
      RexNode in = RexSubQuery.in(keys, ImmutableList.copyOf(outer));
      if (!negated) {
        return in;
      }
      RexNode notIn = builder.makeCall(SqlStdOperatorTable.NOT, in);
      RexNode key = outer.getFirst();
      return key.getType().isNullable()
          ? builder.makeCall(
              SqlStdOperatorTable.OR, builder.makeCall(SqlStdOperatorTable.IS_NULL, key), notIn)
          : notIn;
    }

    /** The outer row's fields are the filter's own. */
    private final class OwnFields extends RexShuttle {
      @Override
      public RexNode visitFieldAccess(RexFieldAccess access) {
        return access.getReferenceExpr() instanceof RexCorrelVariable variable
                && variable.id.equals(row)
            ? builder.makeInputRef(access.getType(), access.getField().getIndex())
            : super.visitFieldAccess(access);
      }
    }
  }
}
