package io.quiver.planner.rule;

import java.util.List;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.rules.AggregateExpandDistinctAggregatesRule;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.FilterAggregateTransposeRule;
import org.apache.calcite.rel.rules.FilterCorrelateRule;
import org.apache.calcite.rel.rules.FilterJoinRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;

/**
 * Calcite's rules, in a fixed order, on a plan whose searches are bound. None of them knows a
 * search, so none can move a predicate into one or out of it.
 *
 * <p>Predicates with sub-queries stay where they are: what they read would change its place.
 */
public final class LogicalRules {
  private static final RelOptRule FILTER_INTO_JOIN =
      FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.DEFAULT
          .withOperandSupplier(
              filter ->
                  filter
                      .operand(Filter.class)
                      .predicate(LogicalRules::isPlain)
                      .oneInput(join -> join.operand(Join.class).anyInputs()))
          .toRule();

  private static final RelOptRule FILTER_PROJECT =
      FilterProjectTransposeRule.Config.DEFAULT
          .withOperandSupplier(
              filter ->
                  filter
                      .operand(Filter.class)
                      .predicate(LogicalRules::isPlain)
                      .oneInput(
                          project ->
                              project
                                  .operand(Project.class)
                                  .predicate(LogicalRules::isPlain)
                                  .anyInputs()))
          .toRule();

  private static final RelOptRule FILTER_SET_OPERATION =
      FilterSetOpTransposeRule.Config.DEFAULT
          .withOperandSupplier(
              filter ->
                  filter
                      .operand(Filter.class)
                      .predicate(LogicalRules::isPlain)
                      .oneInput(set -> set.operand(SetOp.class).anyInputs()))
          .toRule();

  private static final RelOptRule FILTER_AGGREGATE =
      FilterAggregateTransposeRule.Config.DEFAULT
          .withOperandSupplier(
              filter ->
                  filter
                      .operand(Filter.class)
                      .predicate(LogicalRules::isPlain)
                      .oneInput(aggregate -> aggregate.operand(Aggregate.class).anyInputs()))
          .toRule();

  private static final RelOptRule FILTER_CORRELATE =
      FilterCorrelateRule.Config.DEFAULT
          .withOperandSupplier(
              filter ->
                  filter
                      .operand(Filter.class)
                      .predicate(LogicalRules::isPlain)
                      .oneInput(correlate -> correlate.operand(Correlate.class).anyInputs()))
          .toRule();

  /** Only what our own aggregate does not do: see {@link #isExpanded}. */
  private static final RelOptRule EXPAND_DISTINCT =
      AggregateExpandDistinctAggregatesRule.Config.DEFAULT
          .withOperandSupplier(
              aggregate ->
                  aggregate
                      .operand(Aggregate.class)
                      .predicate(LogicalRules::isExpanded)
                      .anyInputs())
          .toRule();

  private static final HepProgram PROGRAM =
      new HepProgramBuilder()
          .addMatchOrder(HepMatchOrder.TOP_DOWN)
          .addRuleInstance(EXPAND_DISTINCT)
          .addRuleInstance(CoreRules.AGGREGATE_REDUCE_FUNCTIONS)
          .addRuleCollection(
              List.of(
                  FILTER_INTO_JOIN,
                  FILTER_PROJECT,
                  FILTER_SET_OPERATION,
                  FILTER_AGGREGATE,
                  FILTER_CORRELATE,
                  CoreRules.FILTER_MERGE,
                  CoreRules.JOIN_CONDITION_PUSH))
          .addRuleInstance(CoreRules.JOIN_PUSH_EXPRESSIONS)
          .addRuleInstance(CoreRules.PROJECT_MERGE)
          .build();

  private static final HepProgram WINDOWS =
      new HepProgramBuilder()
          .addMatchOrder(HepMatchOrder.TOP_DOWN)
          .addRuleInstance(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW)
          .build();

  private LogicalRules() {}

  /** Whether DISTINCT in it has to be told by joins: where our own aggregate does not run it. */
  private static boolean isExpanded(Aggregate aggregate) {
    return aggregate.getAggCallList().stream().anyMatch(AggregateCall::isDistinct)
        && aggregate.getAggCallList().stream()
            .anyMatch(
                call ->
                    switch (call.getAggregation().getKind()) {
                      case COUNT,
                          SUM,
                          SUM0,
                          AVG,
                          MIN,
                          MAX,
                          ANY_VALUE,
                          LISTAGG,
                          ARRAY_AGG,
                          GROUPING,
                          GROUPING_ID,
                          STDDEV_POP,
                          STDDEV_SAMP,
                          VAR_POP,
                          VAR_SAMP ->
                          false;
                      default ->
                          call.isDistinct() || aggregate.getGroupType() != Aggregate.Group.SIMPLE;
                    });
  }

  private static boolean isPlain(Filter filter) {
    return filter.getVariablesSet().isEmpty() && !hasSubQuery(filter.getCondition());
  }

  private static boolean isPlain(Project project) {
    return project.getVariablesSet().isEmpty()
        && !RexOver.containsOver(project.getProjects(), null)
        && project.getProjects().stream().noneMatch(LogicalRules::hasSubQuery);
  }

  private static boolean hasSubQuery(RexNode node) {
    return RexUtil.SubQueryFinder.find(node) != null;
  }

  /** The plan after all rules. */
  public static RelNode apply(RelNode rel) {
    SubQueriesBelowWindows parting = new SubQueriesBelowWindows();
    RelNode parted = run(PROGRAM, rel).accept(parting);
    return parting.sawWindows() ? run(WINDOWS, parted) : parted;
  }

  private static RelNode run(HepProgram program, RelNode rel) {
    HepPlanner planner =
        new HepPlanner(program, Contexts.EMPTY_CONTEXT, true, null, RelOptCostImpl.FACTORY);
    planner.setRoot(rel);
    return planner.findBestExp();
  }
}
