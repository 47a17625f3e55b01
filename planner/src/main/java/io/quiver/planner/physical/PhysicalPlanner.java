package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.expression.ExpressionCompiler;
import io.quiver.planner.rule.LogicalFuse;
import io.quiver.planner.rule.LogicalRecall;
import io.quiver.planner.rule.LogicalSearch;
import io.quiver.planner.rule.NoSearch;
import io.quiver.planner.rule.OuterFields;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.validate.CatalogTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plan that runs of a logical one, node by node, asking each node only for the fields that
 * are read above it.
 *
 * <p>Scan, search, filter, projection, order, limit, lateral, joins and set operations are ours;
 * the rest is Calcite's, compiled once. For one statement.
 */
public final class PhysicalPlanner {
  private final RexBuilder builder;
  private final ExpressionCompiler expressions;
  private final SubQueries subQueries;
  private final PlanText text;
  private final ScanPlanner scans;
  private final SearchPlanner searches;
  private final GeneratedPlanner generated;

  /** Whether what is planned now runs again and again, for different outer rows. */
  private boolean repeated;

  /**
   * @param optimiser what is done to the plan of a sub-query before it comes here
   * @param terms makes the terms of a text query by an index's recipe
   * @param expiredToo whether rows whose time has come are read, as DELETE does
   * @param policies the condition on the rows of a table that the statement may read
   */
  public PhysicalPlanner(
      RexBuilder builder,
      UnaryOperator<RelNode> optimiser,
      SearchPlanner.TermRecipe terms,
      boolean expiredToo,
      Function<CatalogTable, Optional<RexNode>> policies) {
    this.builder = builder;
    this.subQueries = new SubQueries((rel, again) -> planAs(again, optimiser.apply(rel)));
    this.expressions = new ExpressionCompiler(builder, subQueries);
    this.text = new PlanText(builder);
    this.scans = new ScanPlanner(this, expiredToo, policies);
    this.generated = new GeneratedPlanner(this);
    this.searches = new SearchPlanner(this, terms);
  }

  ExpressionCompiler expressions() {
    return expressions;
  }

  RexBuilder builder() {
    return builder;
  }

  PlanText text() {
    return text;
  }

  ScanPlanner scans() {
    return scans;
  }

  GeneratedPlanner generated() {
    return generated;
  }

  FilterTranslator filters(CatalogTable table) {
    return new FilterTranslator(table, expressions, subQueries, builder);
  }

  /** The plan of a whole statement. */
  public PlanNode plan(RelNode rel) {
    PlanNode plan = plan(rel, all(rel));
    return subQueries.nodes().isEmpty() ? plan : new StatementNode(plan, subQueries.nodes());
  }

  /**
   * Evaluators of expressions over rows that come from elsewhere.
   *
   * @param variables by which sub-queries in them name such a row
   */
  public Evaluator[] values(List<RexNode> items, Set<CorrelationId> variables) {
    return items.stream()
        .map(item -> OwnRow.given(expressions.compile(item), variables))
        .toArray(Evaluator[]::new);
  }

  private static ImmutableBitSet all(RelNode rel) {
    return ImmutableBitSet.range(rel.getRowType().getFieldCount());
  }

  /** The plan that gives every field of what runs once, or again and again. */
  private PlanNode planAs(boolean again, RelNode rel) {
    return planAs(again, rel, all(rel));
  }

  private PlanNode planAs(boolean again, RelNode rel, ImmutableBitSet wanted) {
    boolean before = repeated;
    repeated = again;
    try {
      return plan(rel, wanted);
    } finally {
      repeated = before;
    }
  }

  PlanNode plan(RelNode rel, ImmutableBitSet wanted) {
    if (repeated && !(rel instanceof Values) && OuterFields.none(rel)) {
      return new SpoolNode(planAs(false, rel, wanted));
    }
    return node(rel, wanted);
  }

  private PlanNode node(RelNode rel, ImmutableBitSet wanted) {
    return switch (rel) {
      case Project project -> project(project, wanted);
      case Filter filter -> filter(filter, wanted);
      case Sort sort -> sort(sort, wanted);
      case LogicalFuse fuse -> new FusePlanner(this).plan(fuse, wanted);
      case LogicalRecall recall -> searches.plan(recall);
      case LogicalSearch search -> searches.plan(search, wanted, false);
      case TableScan scan -> scans.plan(scan, List.of(), wanted);
      case Values values -> values(values);
      case Union union when union.all ->
          UnionAllNode.of(union.getInputs().stream().map(each -> plan(each, wanted)).toList());
      case SetOp set -> set(set);
      case Correlate correlate -> correlate(correlate, wanted);
      case Join join -> new JoinPlanner(this).plan(join, wanted);
      case Aggregate aggregate -> new AggregatePlanner(this).plan(aggregate);
      case Window window -> new WindowPlanner(this).plan(window);
      default -> generated.plan(rel, List.of());
    };
  }

  private PlanNode project(Project project, ImmutableBitSet wanted) {
    ImmutableBitSet.Builder read = ImmutableBitSet.builder();
    for (int field : wanted) {
      read.addAll(OwnRow.fieldsRead(project.getProjects().get(field), project.getVariablesSet()));
    }
    PlanNode input = plan(project.getInput(), read.build());
    Evaluator[] columns = new Evaluator[project.getProjects().size()];
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      RexNode column = project.getProjects().get(i);
      columns[i] =
          wanted.get(i)
              ? OwnRow.given(expressions.compile(column), project.getVariablesSet())
              : (row, bindings) -> null;
      if (wanted.get(i)) {
        String name = project.getRowType().getFieldNames().get(i);
        String value = text.of(column, project.getInput());
        labels.add(value.equals(name) ? name : name + "=" + value);
      }
    }
    return new ProjectNode(input, columns, String.join(", ", labels));
  }

  private PlanNode filter(Filter filter, ImmutableBitSet wanted) {
    Set<CorrelationId> variables = filter.getVariablesSet();
    if (repeated && variables.isEmpty() && OuterFields.none(filter.getInput())) {
      Optional<PlanNode> lookup = lookup(filter, wanted);
      if (lookup.isPresent()) {
        return lookup.get();
      }
    }
    if (filter.getInput() instanceof TableScan scan && variables.isEmpty()) {
      return scans.plan(scan, List.of(filter.getCondition()), wanted);
    }
    ImmutableBitSet read = wanted.union(OwnRow.fieldsRead(filter.getCondition(), variables));
    return new FilterNode(
        plan(filter.getInput(), read),
        OwnRow.given(expressions.compile(filter.getCondition()), variables),
        text.of(filter.getCondition(), filter.getInput()));
  }

  /** The filter's rows by a hash table, where equalities tie them to an outer row. */
  private Optional<PlanNode> lookup(Filter filter, ImmutableBitSet wanted) {
    RelNode input = filter.getInput();
    TiedFields parts = TiedFields.of(filter.getCondition());
    if (parts.inner().isEmpty()) {
      return Optional.empty();
    }
    ImmutableBitSet read = wanted;
    for (RexNode each : parts.others()) {
      read = read.union(RelOptUtil.InputFinder.bits(each));
    }
    ImmutableBitSet keyed = read;
    for (RexNode each : parts.inner()) {
      keyed = keyed.union(RelOptUtil.InputFinder.bits(each));
    }
    List<RexNode> tied = new ArrayList<>(parts.own());
    tied.addAll(parts.ties());
    PlanNode perOuterRow = planAs(false, filtered(input, tied), read);
    PlanNode lookup =
        new HashLookupNode(
            planAs(false, filtered(input, parts.own()), keyed),
            expressions.compileAll(parts.inner()),
            expressions.compileAll(parts.outer()),
            perOuterRow,
            ScanPlanner.indexed(perOuterRow, parts.inner()),
            text.of(RexUtil.composeConjunction(builder, parts.ties()), input));
    if (parts.others().isEmpty()) {
      return Optional.of(lookup);
    }
    RexNode rest = RexUtil.composeConjunction(builder, parts.others());
    return Optional.of(new FilterNode(lookup, expressions.compile(rest), text.of(rest, input)));
  }

  private RelNode filtered(RelNode input, List<RexNode> conditions) {
    return conditions.isEmpty()
        ? input
        : LogicalFilter.create(input, RexUtil.composeConjunction(builder, conditions));
  }

  private PlanNode sort(Sort sort, ImmutableBitSet wanted) {
    ImmutableBitSet.Builder read = ImmutableBitSet.builder().addAll(wanted);
    sort.getCollation().getFieldCollations().forEach(key -> read.set(key.getFieldIndex()));
    PlanNode input = plan(sort.getInput(), read.build());
    Optional<Evaluator> offset = Optional.ofNullable(sort.offset).map(expressions::compile);
    Optional<Evaluator> fetch = Optional.ofNullable(sort.fetch).map(expressions::compile);
    return sort.getCollation().getFieldCollations().isEmpty()
        ? new LimitNode(input, offset, fetch)
        : new SortNode(
            FirstRowsPlanner.input(sort, input, offset, fetch),
            new RowOrder(sort.getCollation().getFieldCollations()),
            offset,
            fetch,
            PlanText.order(sort)
                + NoSearch.of(sort).map(why -> ", not a search: " + why).orElse(""));
  }

  private PlanNode values(Values values) {
    List<Evaluator[]> rows =
        values.getTuples().stream().map(tuple -> expressions.compileAll(tuple)).toList();
    return new RowsNode(
        execution -> {
          List<@Nullable Object[]> made = new ArrayList<>(rows.size());
          for (Evaluator[] row : rows) {
            @Nullable Object[] cells = new Object[row.length];
            Arrays.setAll(cells, i -> row[i].evaluate(NO_ROW, execution.bindings()));
            made.add(cells);
          }
          return made;
        },
        "Values(rows=" + rows.size() + ")");
  }

  private static final @Nullable Object[] NO_ROW = new Object[0];

  private PlanNode set(SetOp set) {
    List<PlanNode> inputs = set.getInputs().stream().map(each -> plan(each, all(each))).toList();
    return switch (set) {
      case Union union ->
          new SetNode(SetNode.Operation.UNION, List.of(UnionAllNode.of(inputs)), false);
      case Intersect intersect -> new SetNode(SetNode.Operation.INTERSECT, inputs, intersect.all);
      case Minus minus -> new SetNode(SetNode.Operation.EXCEPT, inputs, minus.all);
      default -> throw notSupported(text.label(set));
    };
  }

  private PlanNode correlate(Correlate correlate, ImmutableBitSet wanted) {
    int leftFields = correlate.getLeft().getRowType().getFieldCount();
    int rightFields = correlate.getRight().getRowType().getFieldCount();
    ImmutableBitSet left =
        wanted.intersect(ImmutableBitSet.range(leftFields)).union(correlate.getRequiredColumns());
    ImmutableBitSet right = wanted.except(ImmutableBitSet.range(leftFields)).shift(-leftFields);
    if (correlate.getJoinType() != JoinRelType.INNER
        && correlate.getJoinType() != JoinRelType.LEFT) {
      throw notSupported(correlate.getJoinType() + " JOIN LATERAL");
    }
    return new CorrelateNode(
        plan(correlate.getLeft(), left),
        planAs(true, correlate.getRight(), right),
        correlate.getCorrelationId().getId(),
        rightFields,
        correlate.getJoinType() == JoinRelType.LEFT);
  }

  static RuntimeException notSupported(String what) {
    return SqlProblem.of(
            ErrorCode.NOT_SUPPORTED, what + " is not supported", "write the query in another way.")
        .asException();
  }
}
