package io.quiver.planner.rule;

import io.quiver.sql.function.BlockMarker;
import io.quiver.sql.function.QuiverOperators;
import io.quiver.sql.function.SearchFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;

/**
 * The binding phase: makes each call of a search a {@link LogicalSearch}, and moves into it the
 * conjuncts of its own query block's WHERE that speak of its payload.
 *
 * <p>Runs once, before anything else touches the plan, so that the answer depends on what was
 * written and never on the order in which rules fire. Afterwards nothing enters a search.
 */
public final class SearchBinder {
  /** The plan with all searches bound, those in sub-queries too. */
  public RelNode bind(RelNode rel) {
    List<RelNode> inputs = new ArrayList<>();
    boolean changed = false;
    for (RelNode input : rel.getInputs()) {
      RelNode bound = bind(input);
      changed |= bound != input;
      inputs.add(bound);
    }
    RelNode node = changed ? rel.copy(rel.getTraitSet(), inputs) : rel;
    return bindNode(node.accept(new SubQueries()));
  }

  private RelNode bindNode(RelNode node) {
    return switch (node) {
      case TableFunctionScan scan when search(scan).isPresent() ->
          new SearchCall(scan, search(scan).get()).bind();
      case TableFunctionScan scan when isOf(scan, QuiverOperators.FUSE) ->
          new FuseCall(scan).bind();
      case TableFunctionScan scan when isOf(scan, QuiverOperators.VECTOR_RECALL) ->
          new RecallCall(scan).bind();
      case Filter filter -> bindFilter(ExistsAsIn.apply(filter));
      default -> node;
    };
  }

  private static Optional<SearchFunction> search(TableFunctionScan scan) {
    return scan.getCall() instanceof RexCall call
            && call.getOperator() instanceof SearchFunction function
        ? Optional.of(function)
        : Optional.empty();
  }

  private static boolean isOf(TableFunctionScan scan, SqlOperator function) {
    return scan.getCall() instanceof RexCall call && call.getOperator() == function;
  }

  private static RelNode bindFilter(Filter filter) {
    List<RexNode> conjuncts = new ArrayList<>();
    int block = 0;
    RexNode condition =
        RexUtil.expandSearch(filter.getCluster().getRexBuilder(), null, filter.getCondition());
    for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
      if (conjunct instanceof RexCall call && call.getOperator() instanceof BlockMarker) {
        block = RexLiteral.intValue(call.getOperands().getFirst());
      } else {
        conjuncts.add(conjunct);
      }
    }
    if (block == 0) {
      return filter;
    }
    BlockPredicates predicates = new BlockPredicates(block, filter.getVariablesSet());
    BlockPredicates.Result result = predicates.push(filter.getInput(), conjuncts);
    if (result.remaining().isEmpty()) {
      return result.rel();
    }
    return LogicalFilter.create(
        result.rel(),
        RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), result.remaining()),
        com.google.common.collect.ImmutableSet.copyOf(filter.getVariablesSet()));
  }

  /** Sub-queries hold plans of their own. */
  private final class SubQueries extends RexShuttle {
    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
      RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
      return visited.clone(bind(visited.rel));
    }
  }
}
