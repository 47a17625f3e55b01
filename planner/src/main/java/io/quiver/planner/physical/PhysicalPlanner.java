package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.expression.ExpressionCompiler;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.planner.filter.ConditionText;
import io.quiver.planner.rule.LogicalFuse;
import io.quiver.planner.rule.LogicalRecall;
import io.quiver.planner.rule.LogicalSearch;
import io.quiver.planner.rule.NoSearch;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.catalog.TableDefinition;
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
import org.apache.calcite.adapter.enumerable.EnumerableRel;
import org.apache.calcite.adapter.enumerable.EnumerableRules;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.convert.ConverterRule;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes a plan that runs of a logical one, node by node, asking each node only for the fields that
 * are read above it.
 *
 * <p>Scan, search, filter, projection, order, limit, lateral and UNION ALL are ours; the rest is
 * Calcite's, compiled once. For one statement.
 */
public final class PhysicalPlanner {
  /** Kinds of functions whose value grows with the rows. */
  private static final Set<SqlKind> COLLECTING =
      Set.of(
          SqlKind.LISTAGG,
          SqlKind.ARRAY_AGG,
          SqlKind.ARRAY_CONCAT_AGG,
          SqlKind.STRING_AGG,
          SqlKind.GROUP_CONCAT,
          SqlKind.COLLECT,
          SqlKind.FUSION,
          SqlKind.JSON_ARRAYAGG,
          SqlKind.JSON_OBJECTAGG);

  private final RexBuilder builder;
  private final ExpressionCompiler expressions;
  private final SubQueries subQueries;
  private final SearchPlanner searches;
  private final boolean expiredToo;
  private final Function<CatalogTable, Optional<RexNode>> policies;

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
    this.expiredToo = expiredToo;
    this.builder = builder;
    this.policies = policies;
    this.subQueries = new SubQueries(rel -> plan(optimiser.apply(rel)));
    this.expressions = new ExpressionCompiler(builder, subQueries);
    this.searches = new SearchPlanner(this, terms);
  }

  ExpressionCompiler expressions() {
    return expressions;
  }

  RexBuilder builder() {
    return builder;
  }

  FilterTranslator filters(CatalogTable table) {
    return new FilterTranslator(table, expressions, subQueries, builder);
  }

  /** The plan that gives every field of the relation. */
  public PlanNode plan(RelNode rel) {
    return plan(rel, ImmutableBitSet.range(rel.getRowType().getFieldCount()));
  }

  PlanNode plan(RelNode rel, ImmutableBitSet wanted) {
    return switch (rel) {
      case Project project -> project(project, wanted);
      case Filter filter -> filter(filter, wanted);
      case Sort sort -> sort(sort, wanted);
      case LogicalFuse fuse -> new FusePlanner(this).plan(fuse, wanted);
      case LogicalRecall recall -> searches.plan(recall);
      case LogicalSearch search -> searches.plan(search, wanted, false);
      case TableScan scan -> scan(scan, List.of(), Set.of(), wanted);
      case Values values -> values(values);
      case Union union when union.all ->
          UnionAllNode.of(union.getInputs().stream().map(each -> plan(each, wanted)).toList());
      case Correlate correlate -> correlate(correlate, wanted);
      case Join join -> join(join, wanted);
      case Aggregate aggregate -> aggregate(aggregate);
      default -> enumerable(rel, List.of());
    };
  }

  private PlanNode project(Project project, ImmutableBitSet wanted) {
    ImmutableBitSet.Builder read = ImmutableBitSet.builder();
    for (int field : wanted) {
      read.addAll(fieldsRead(project.getProjects().get(field), project.getVariablesSet()));
    }
    PlanNode input = plan(project.getInput(), read.build());
    Evaluator[] columns = new Evaluator[project.getProjects().size()];
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      RexNode column = project.getProjects().get(i);
      columns[i] =
          wanted.get(i)
              ? withRow(expressions.compile(column), project.getVariablesSet())
              : (row, bindings) -> null;
      if (wanted.get(i)) {
        String name = project.getRowType().getFieldNames().get(i);
        String text = text(column, project.getInput());
        labels.add(text.equals(name) ? name : name + "=" + text);
      }
    }
    return new ProjectNode(input, columns, String.join(", ", labels));
  }

  /** The fields an expression reads, through sub-queries too. */
  private ImmutableBitSet fieldsRead(RexNode node, Set<CorrelationId> rowVariables) {
    return RelOptUtil.InputFinder.bits(node).union(CorrelatedFields.of(node, rowVariables));
  }

  /** Lets sub-queries in an expression read the row it is evaluated for. */
  private static Evaluator withRow(Evaluator evaluator, Set<CorrelationId> rowVariables) {
    if (rowVariables.isEmpty()) {
      return evaluator;
    }
    int[] ids = rowVariables.stream().mapToInt(CorrelationId::getId).toArray();
    return (row, bindings) -> {
      for (int id : ids) {
        bindings.correlate(id, row);
      }
      return evaluator.evaluate(row, bindings);
    };
  }

  private PlanNode filter(Filter filter, ImmutableBitSet wanted) {
    Set<CorrelationId> variables = filter.getVariablesSet();
    if (filter.getInput() instanceof TableScan scan && variables.isEmpty()) {
      return scan(scan, List.of(filter.getCondition()), variables, wanted);
    }
    ImmutableBitSet read = wanted.union(fieldsRead(filter.getCondition(), variables));
    return new FilterNode(
        plan(filter.getInput(), read),
        withRow(expressions.compile(filter.getCondition()), variables),
        text(filter.getCondition(), filter.getInput()));
  }

  /** An expression as people read it. */
  private String text(RexNode node, RelNode... inputs) {
    return new ConditionText(field -> fieldName(field, inputs), builder).of(node);
  }

  private static String fieldName(int field, RelNode... inputs) {
    int position = field;
    for (RelNode input : inputs) {
      int fields = input.getRowType().getFieldCount();
      if (position < fields) {
        return input.getRowType().getFieldNames().get(position);
      }
      position -= fields;
    }
    return "$" + field;
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
            input,
            new RowOrder(sort.getCollation().getFieldCollations()),
            offset,
            fetch,
            orderText(sort) + NoSearch.of(sort).map(why -> ", not a search: " + why).orElse(""));
  }

  private static String orderText(Sort sort) {
    List<String> keys = new ArrayList<>();
    for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
      keys.add(
          fieldName(key.getFieldIndex(), sort.getInput())
              + (key.getDirection().isDescending() ? " DESC" : ""));
    }
    return String.join(", ", keys);
  }

  /** The conditions of a read of a table, with those its policies and the table itself make. */
  List<RexNode> conditions(CatalogTable table, List<RexNode> given) {
    return allowed(table, expiredToo ? given : Unexpired.with(given, table, builder));
  }

  private PlanNode scan(
      TableScan scan, List<RexNode> given, Set<CorrelationId> variables, ImmutableBitSet wanted) {
    CatalogTable table = catalogTable(scan.getTable());
    List<RexNode> conditions = conditions(table, given);
    return switch (table.source()) {
      case CatalogTable.Source.Stored stored -> {
        String label =
            conditions.isEmpty()
                ? ""
                : "[" + text(RexUtil.composeConjunction(builder, conditions), scan) + "]";
        Optional<Evaluator> recheck =
            conditions.isEmpty()
                ? Optional.empty()
                : Optional.of(expressions.compile(RexUtil.composeConjunction(builder, conditions)));
        ImmutableBitSet read = wanted;
        for (RexNode condition : conditions) {
          read = read.union(RelOptUtil.InputFinder.bits(condition));
        }
        yield new ScanNode(
            TableNode.of(table, wanted, table.columns().size()),
            TableNode.of(table, read, table.columns().size()),
            filters(table).translate(conditions),
            recheck,
            label);
      }
      case CatalogTable.Source.Computed computed -> {
        PlanNode rows =
            new RowsNode(
                execution ->
                    computedRows(table, computed.table().rows().seenBy(execution.session())),
                "SystemTable(" + computed.table().schema() + "." + computed.table().name() + ")");
        yield conditions.isEmpty()
            ? rows
            : new FilterNode(
                rows,
                expressions.compile(RexUtil.composeConjunction(builder, conditions)),
                text(RexUtil.composeConjunction(builder, conditions), scan));
      }
    };
  }

  /**
   * The conditions on the rows of a table that a scan or a search reads: what its policies demand,
   * and then what is asked for. Nothing else reads stored rows, so that no statement goes around.
   */
  private List<RexNode> allowed(CatalogTable table, List<RexNode> asked) {
    if (!table.privileges().contains(Privilege.SELECT)) {
      throw SqlProblem.of(
              ErrorCode.PRIVILEGE_MISSING,
              "the user may not read table \""
                  + table.stored().map(TableDefinition::name).orElse("")
                  + "\"",
              "ask an administrator to GRANT SELECT on it.")
          .asException();
    }
    Optional<RexNode> policy = policies.apply(table);
    if (policy.isEmpty()) {
      return asked;
    }
    List<RexNode> all = new ArrayList<>(RelOptUtil.conjunctions(policy.get()));
    all.addAll(asked);
    return all;
  }

  static CatalogTable catalogTable(org.apache.calcite.plan.RelOptTable table) {
    CatalogTable found = table.unwrap(CatalogTable.class);
    if (found == null) {
      throw new IllegalStateException("Not a table of the catalog: " + table.getQualifiedName());
    }
    return found;
  }

  private static List<@Nullable Object[]> computedRows(
      CatalogTable table, List<@Nullable Object[]> rows) {
    List<@Nullable Object[]> converted = new ArrayList<>(rows.size());
    for (@Nullable Object[] row : rows) {
      @Nullable Object[] values = new Object[table.columns().size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = ColumnValue.toRow(row[table.ordinal(i)], table.columns().get(i).type());
      }
      converted.add(values);
    }
    return converted;
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
        plan(correlate.getRight(), right),
        correlate.getCorrelationId().getId(),
        rightFields,
        correlate.getJoinType() == JoinRelType.LEFT);
  }

  private PlanNode join(Join join, ImmutableBitSet wanted) {
    JoinInfo info = join.analyzeCondition();
    if (!info.leftKeys.isEmpty()
        && info.isEqui()
        && join.getVariablesSet().isEmpty()
        && info.leftKeys.stream().noneMatch(each -> isNested(join.getLeft(), each))) {
      return enumerable(join, joinFields(join, wanted));
    }
    if (!info.leftKeys.isEmpty()
        && join.getJoinType() == JoinRelType.INNER
        && join.getVariablesSet().isEmpty()) {
      RexNode equi = info.getEquiCondition(join.getLeft(), join.getRight(), builder);
      RexNode rest = RexUtil.composeConjunction(builder, info.nonEquiConditions);
      Join hash =
          LogicalJoin.create(
              join.getLeft(), join.getRight(), List.of(), equi, Set.of(), JoinRelType.INNER);
      return new FilterNode(
          plan(hash, wanted.union(RelOptUtil.InputFinder.bits(rest))),
          expressions.compile(rest),
          text(rest, join.getLeft(), join.getRight()));
    }
    List<ImmutableBitSet> fields =
        joinFields(join, wanted.union(fieldsRead(join.getCondition(), join.getVariablesSet())));
    return new NestedLoopJoinNode(
        plan(join.getLeft(), fields.get(0)),
        plan(join.getRight(), fields.get(1)),
        withRow(expressions.compile(join.getCondition()), join.getVariablesSet()),
        join.getJoinType(),
        join.getLeft().getRowType().getFieldCount(),
        join.getRight().getRowType().getFieldCount(),
        text(join.getCondition(), join.getLeft(), join.getRight()));
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

  private PlanNode aggregate(Aggregate aggregate) {
    List<ImmutableBitSet> read = aggregateFields(aggregate);
    if (!Accumulator.knowsAll(aggregate)) {
      return enumerable(aggregate, read);
    }
    PlanNode input = plan(aggregate.getInput(), read.getFirst());
    boolean counts =
        aggregate.getGroupSet().isEmpty()
            && aggregate.getAggCallList().stream()
                .allMatch(
                    call ->
                        call.getAggregation().getKind() == SqlKind.COUNT
                            && call.getArgList().isEmpty()
                            && call.filterArg < 0);
    if (counts && counted(input) instanceof ScanNode scan) {
      return new CountNode(
          scan.table(), scan.filter(), aggregate.getAggCallList().size(), scan.label());
    }
    AggregateNode byRow =
        new AggregateNode(
            input, aggregate.getGroupSet().toArray(), aggregate.getAggCallList(), label(aggregate));
    return byColumn(aggregate, read.getFirst(), byRow).orElse(byRow);
  }

  /** The same column by column, where all it reads are columns of a stored table. */
  private Optional<PlanNode> byColumn(
      Aggregate aggregate, ImmutableBitSet read, AggregateNode byRow) {
    int[] fields = new int[aggregate.getInput().getRowType().getFieldCount()];
    Arrays.setAll(fields, field -> read.get(field) ? field : -1);
    RelNode input = aggregate.getInput();
    PlanNode planned = byRow.input();
    while (input instanceof Project project && planned instanceof ProjectNode projected) {
      for (int i = 0; i < fields.length; i++) {
        if (fields[i] >= 0) {
          if (!(project.getProjects().get(fields[i]) instanceof RexInputRef ref)) {
            return Optional.empty();
          }
          fields[i] = ref.getIndex();
        }
      }
      input = project.getInput();
      planned = projected.input();
    }
    return planned instanceof ScanNode scan
        ? Optional.of(
            new ColumnAggregateNode(
                scan,
                new ColumnAggregation(
                    scan.table().table(),
                    fields,
                    aggregate.getGroupSet().toArray(),
                    aggregate.getAggCallList()),
                byRow))
        : Optional.empty();
  }

  /** What has as many rows: under projections, if they are of nothing that fails. */
  private static PlanNode counted(PlanNode input) {
    PlanNode node = input;
    while (node instanceof ProjectNode project && project.label().isEmpty()) {
      node = project.input();
    }
    return node;
  }

  private static List<ImmutableBitSet> aggregateFields(Aggregate aggregate) {
    ImmutableBitSet.Builder read = ImmutableBitSet.builder().addAll(aggregate.getGroupSet());
    aggregate
        .getAggCallList()
        .forEach(
            call -> {
              call.getArgList().forEach(read::set);
              if (call.filterArg >= 0) {
                read.set(call.filterArg);
              }
              call.collation.getFieldCollations().forEach(key -> read.set(key.getFieldIndex()));
            });
    return List.of(read.build());
  }

  /** A relation Calcite runs, over inputs of ours. */
  private PlanNode enumerable(RelNode rel, List<ImmutableBitSet> wanted) {
    EnumerableRel converted = toEnumerable(rel, wanted);
    return EnumerableNode.of(converted, label(rel));
  }

  private EnumerableRel toEnumerable(RelNode rel, List<ImmutableBitSet> wanted) {
    List<RelNode> inputs = new ArrayList<>();
    for (int i = 0; i < rel.getInputs().size(); i++) {
      RelNode input = rel.getInput(i);
      ImmutableBitSet fields =
          wanted.isEmpty()
              ? ImmutableBitSet.range(input.getRowType().getFieldCount())
              : wanted.get(i);
      inputs.add(new QuiverInput(input, plan(input, fields), keeps(rel, i)));
    }
    RelNode copy = rel.copy(rel.getTraitSet(), inputs);
    ConverterRule rule =
        switch (rel) {
          case Join join -> (ConverterRule) EnumerableRules.ENUMERABLE_JOIN_RULE;
          case Aggregate aggregate -> (ConverterRule) EnumerableRules.ENUMERABLE_AGGREGATE_RULE;
          case Window window -> (ConverterRule) EnumerableRules.ENUMERABLE_WINDOW_RULE;
          case Union union -> (ConverterRule) EnumerableRules.ENUMERABLE_UNION_RULE;
          case Intersect intersect -> (ConverterRule) EnumerableRules.ENUMERABLE_INTERSECT_RULE;
          case Minus minus -> (ConverterRule) EnumerableRules.ENUMERABLE_MINUS_RULE;
          case Uncollect uncollect -> (ConverterRule) EnumerableRules.ENUMERABLE_UNCOLLECT_RULE;
          default -> null;
        };
    if (rule == null || !(rule.convert(copy) instanceof EnumerableRel converted)) {
      throw notSupported(label(rel));
    }
    return converted;
  }

  /**
   * Whether Calcite's operator keeps the rows of an input. One that aggregates keeps values of its
   * groups, or all where it puts them in order; those are taken for all rows.
   */
  private static boolean keeps(RelNode rel, int input) {
    return switch (rel) {
      case Join join -> input == 1;
      case Aggregate aggregate ->
          aggregate.getAggCallList().stream()
              .anyMatch(
                  call ->
                      call.isDistinct()
                          || !call.getCollation().getFieldCollations().isEmpty()
                          || COLLECTING.contains(call.getAggregation().getKind()));
      case Window window -> true;
      case Union union -> !union.all;
      case Intersect intersect -> true;
      case Minus minus -> true;
      default -> false;
    };
  }

  private String label(RelNode rel) {
    String name = rel.getRelTypeName().replaceFirst("^Logical", "");
    return switch (rel) {
      case Join join ->
          "Join(type="
              + join.getJoinType().lowerName
              + ", condition="
              + text(join.getCondition(), join.getLeft(), join.getRight())
              + ")";
      case Aggregate aggregate ->
          "Aggregate(group="
              + aggregate.getGroupSet().asList().stream()
                  .map(field -> fieldName(field, aggregate.getInput()))
                  .toList()
              + ", calls="
              + aggregate.getAggCallList().stream()
                  .map(call -> callText(call, aggregate.getInput()))
                  .toList()
              + ")";
      default -> name;
    };
  }

  private static String callText(AggregateCall call, RelNode input) {
    List<String> arguments =
        call.getArgList().stream().map(field -> fieldName(field, input)).toList();
    return call.getAggregation().getName()
        + "("
        + (call.isDistinct() ? "DISTINCT " : "")
        + String.join(", ", arguments)
        + ")"
        + (call.filterArg < 0 ? "" : " FILTER " + fieldName(call.filterArg, input));
  }

  static RuntimeException notSupported(String what) {
    return SqlProblem.of(
            ErrorCode.NOT_SUPPORTED, what + " is not supported", "write the query in another way.")
        .asException();
  }
}
