package io.quiver.planner.physical;

import io.quiver.engine.schema.Derivation;
import io.quiver.engine.search.RowFilter;
import io.quiver.planner.derive.IndexableExpression;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.expression.ExpressionCompiler;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.planner.filter.ConditionText;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.function.ArrayFunction;
import io.quiver.sql.validate.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Makes filters of the engine of conditions over one table.
 *
 * <p>Every leaf of a {@link RowFilter} is false for null, as a WHERE treats unknown, so negations
 * are pushed down to the leaves, where each kind has its own negative. What the engine has no word
 * for becomes a {@link RowFilter.Test}: right, and slower.
 */
final class FilterTranslator {
  private final CatalogTable table;
  private final ExpressionCompiler expressions;
  private final SubQueries subQueries;
  private final RexBuilder builder;

  FilterTranslator(
      CatalogTable table,
      ExpressionCompiler expressions,
      SubQueries subQueries,
      RexBuilder builder) {
    this.table = table;
    this.expressions = expressions;
    this.subQueries = subQueries;
    this.builder = builder;
  }

  /** All of the conditions. */
  FilterSource translate(List<RexNode> conditions) {
    List<FilterSource> parts = new ArrayList<>();
    for (RexNode condition : conditions) {
      for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
        parts.add(translate(conjunct, false));
      }
    }
    return and(parts);
  }

  private FilterSource translate(RexNode node, boolean negated) {
    return switch (node) {
      case RexInputRef ref when ref.getType().getSqlTypeName() == SqlTypeName.BOOLEAN ->
          execution -> new RowFilter.Compare(ordinal(ref), RowFilter.Comparison.EQUAL, !negated);
      case RexSubQuery subQuery ->
          InList.ofSubQuery(this, subQueries, subQuery, negated)
              .orElseGet(() -> test(subQuery, negated));
      case RexCall call -> translateCall(call, negated);
      default ->
          RelOptUtil.InputFinder.bits(node).isEmpty()
              ? constant(node, negated)
              : test(node, negated);
    };
  }

  private FilterSource translateCall(RexCall call, boolean negated) {
    if (RelOptUtil.InputFinder.bits(call).isEmpty()) {
      return constant(call, negated);
    }
    List<RexNode> operands = call.getOperands();
    return switch (call.getKind()) {
      case NOT -> translate(operands.getFirst(), !negated);
      case AND -> negated ? or(translateAll(operands, true)) : and(translateAll(operands, false));
      case OR -> {
        Optional<FilterSource> in = InList.ofDisjunction(this, operands, negated);
        yield in.isPresent()
            ? in.get()
            : negated ? and(translateAll(operands, true)) : or(translateAll(operands, false));
      }
      case SEARCH -> {
        Optional<FilterSource> in = InList.ofSearch(this, call, negated);
        yield in.isPresent()
            ? in.get()
            : translate(RexUtil.expandSearch(builder, null, call), negated);
      }
      case IS_NULL, IS_NOT_NULL -> isNull(call, (call.getKind() == SqlKind.IS_NULL) == negated);
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          ColumnComparison.of(this, call, negated).orElseGet(() -> test(call, negated));
      case LIKE -> like(call, negated).orElseGet(() -> test(call, negated));
      default ->
          call.getOperator() instanceof ArrayFunction function
              ? Containing.of(this, function, call, negated).orElseGet(() -> test(call, negated))
              : test(call, negated);
    };
  }

  private List<FilterSource> translateAll(List<RexNode> nodes, boolean negated) {
    return nodes.stream().map(each -> translate(each, negated)).toList();
  }

  private static FilterSource and(List<FilterSource> parts) {
    return switch (parts.size()) {
      case 0 -> FilterSource.ALL;
      case 1 -> parts.getFirst();
      default ->
          execution -> {
            List<RowFilter> all = parts.stream().map(each -> each.filter(execution)).toList();
            List<RowFilter> kept =
                all.stream().filter(each -> !(each instanceof RowFilter.All)).toList();
            return kept.stream().anyMatch(RowFilter.Nothing.class::isInstance)
                ? new RowFilter.Nothing()
                : kept.isEmpty()
                    ? new RowFilter.All()
                    : kept.size() == 1 ? kept.getFirst() : new RowFilter.And(kept);
          };
    };
  }

  private static FilterSource or(List<FilterSource> parts) {
    return execution -> {
      List<RowFilter> any = parts.stream().map(each -> each.filter(execution)).toList();
      List<RowFilter> kept =
          any.stream().filter(each -> !(each instanceof RowFilter.Nothing)).toList();
      return kept.stream().anyMatch(RowFilter.All.class::isInstance)
          ? new RowFilter.All()
          : kept.isEmpty()
              ? new RowFilter.Nothing()
              : kept.size() == 1 ? kept.getFirst() : new RowFilter.Or(kept);
    };
  }

  /** A condition that reads no row: all or nothing. */
  private FilterSource constant(RexNode node, boolean negated) {
    Evaluator evaluator = expressions.compile(node);
    return execution ->
        Boolean.valueOf(!negated).equals(evaluator.evaluate(NO_ROW, execution.bindings()))
            ? new RowFilter.All()
            : new RowFilter.Nothing();
  }

  private static final @Nullable Object[] NO_ROW = new Object[0];

  private FilterSource isNull(RexCall call, boolean negated) {
    Optional<FilterColumn> column = column(call.getOperands().getFirst());
    if (column.isPresent()) {
      int ordinal = column.get().ordinal();
      return execution -> new RowFilter.IsNull(ordinal, negated);
    }
    return test(call, (call.getKind() == SqlKind.IS_NULL) == negated);
  }

  private Optional<FilterSource> like(RexCall call, boolean negated) {
    Optional<FilterColumn> column = column(call.getOperands().get(0));
    if (!(call.getOperator() instanceof SqlLikeOperator operator)
        || column.isEmpty()
        || !isFixed(call.getOperands().get(1))) {
      return Optional.empty();
    }
    char escape = '\0';
    if (call.getOperands().size() == 3) {
      if (!(call.getOperands().get(2) instanceof RexLiteral literal)) {
        return Optional.empty();
      }
      String text = literal.getValueAs(String.class);
      if (text == null || text.length() != 1) {
        return Optional.empty();
      }
      escape = text.charAt(0);
    }
    char escaped = escape;
    boolean ignoreCase = !operator.isCaseSensitive();
    boolean not = operator.isNegated() != negated;
    Evaluator pattern = expressions.compile(call.getOperands().get(1));
    int ordinal = column.get().ordinal();
    return Optional.of(
        execution ->
            pattern.evaluate(NO_ROW, execution.bindings()) instanceof String text
                ? new RowFilter.Like(ordinal, text, escaped, ignoreCase, not)
                : new RowFilter.Nothing());
  }

  /** A condition the engine calls back for, row by row. */
  private FilterSource test(RexNode node, boolean negated) {
    RexNode condition = negated ? builder.makeCall(SqlStdOperatorTable.NOT, node) : node;
    ImmutableBitSet fields = RelOptUtil.InputFinder.bits(condition);
    int[] positions = fields.toArray();
    RexNode compact =
        condition.accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef ref) {
                return new RexInputRef(fields.indexOf(ref.getIndex()), ref.getType());
              }
            });
    Evaluator evaluator = expressions.compile(compact);
    List<Integer> ordinals = fields.asList().stream().map(table::ordinal).toList();
    List<ColumnDefinition> columns = fields.asList().stream().map(table.columns()::get).toList();
    String label =
        new ConditionText(field -> table.columns().get(field).name(), builder).of(condition);
    List<SubQueries.SubQuery> independent = subQueries.independent(compact);
    return execution -> {
      RunByThread run = new RunByThread(execution, independent);
      return new RowFilter.Test(
          ordinals,
          values -> {
            @Nullable Object[] row = new Object[positions.length];
            for (int i = 0; i < row.length; i++) {
              row[i] = ColumnValue.toRow(values[i], columns.get(i).type());
            }
            return evaluator.isTrue(row, run.bindings());
          },
          label);
    };
  }

  /** Whether an expression has the same value for every row. */
  static boolean isFixed(RexNode node) {
    return RelOptUtil.InputFinder.bits(node).isEmpty() && RexUtil.isDeterministic(node);
  }

  private int ordinal(RexInputRef ref) {
    return table.ordinal(ref.getIndex());
  }

  /** The column an expression is, or the one that is kept for an index over it. */
  Optional<FilterColumn> column(RexNode expression) {
    if (expression instanceof RexInputRef ref) {
      return Optional.of(
          new FilterColumn(ordinal(ref), table.columns().get(ref.getIndex()), ref.getType()));
    }
    Optional<TableDefinition> stored = table.stored();
    Optional<IndexableExpression> indexable = IndexableExpression.of(expression);
    if (stored.isEmpty() || indexable.isEmpty()) {
      return Optional.empty();
    }
    Derivation wanted =
        new Derivation(
            table.columns().get(indexable.get().field()).name(), indexable.get().recipe().text());
    List<ColumnDefinition> columns = stored.get().columns();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).derivation().equals(Optional.of(wanted))) {
        return Optional.of(new FilterColumn(i, columns.get(i), expression.getType()));
      }
    }
    return Optional.empty();
  }

  RexBuilder builder() {
    return builder;
  }

  Evaluator compile(RexNode node) {
    return expressions.compile(node);
  }
}
