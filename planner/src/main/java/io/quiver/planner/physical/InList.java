package io.quiver.planner.physical;

import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.RowFilter;
import io.quiver.planner.expression.Evaluator;
import io.quiver.sql.catalog.SqlColumnType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/** A column against a list of values, however Calcite holds the list. */
final class InList {
  private static final @Nullable Object[] NO_ROW = new Object[0];

  private InList() {}

  /** {@code c = 1 OR c = 2 OR c = ?}. */
  static Optional<FilterSource> ofDisjunction(
      FilterTranslator translator, List<RexNode> disjuncts, boolean negated) {
    FilterColumn column = null;
    List<RexNode> values = new ArrayList<>(disjuncts.size());
    for (RexNode disjunct : disjuncts) {
      if (disjunct.getKind() != SqlKind.EQUALS) {
        return Optional.empty();
      }
      List<RexNode> operands = ((RexCall) disjunct).getOperands();
      int side = FilterTranslator.isFixed(operands.get(0)) ? 1 : 0;
      Optional<FilterColumn> ref = ColumnComparison.column(translator, operands.get(side));
      RexNode value = operands.get(1 - side);
      if (ref.isEmpty()
          || !FilterTranslator.isFixed(value)
          || (column != null && column.ordinal() != ref.get().ordinal())) {
        return Optional.empty();
      }
      column = ref.get();
      values.add(value);
    }
    return column == null ? Optional.empty() : of(translator, column, values, negated);
  }

  /** {@code SEARCH(c, Sarg[1, 2, 3])}. */
  static Optional<FilterSource> ofSearch(
      FilterTranslator translator, RexCall call, boolean negated) {
    Optional<FilterColumn> column =
        ColumnComparison.column(translator, call.getOperands().getFirst());
    Sarg<?> sarg = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
    if (column.isEmpty()
        || sarg == null
        || !sarg.isPoints()
        || sarg.nullAs != RexUnknownAs.UNKNOWN) {
      return Optional.empty();
    }
    List<RexNode> values = new ArrayList<>();
    var builder = translator.builder();
    sarg.rangeSet
        .asRanges()
        .forEach(
            range ->
                values.add(
                    builder.makeLiteral(
                        range.lowerEndpoint(), call.getOperands().get(1).getType(), true, true)));
    return of(translator, column.get(), values, negated);
  }

  /** {@code c IN (SELECT ...)} of a sub-query that reads no outer row. */
  static Optional<FilterSource> ofSubQuery(
      FilterTranslator translator, SubQueries subQueries, RexSubQuery subQuery, boolean negated) {
    if (subQuery.getKind() != SqlKind.IN || subQuery.getOperands().size() != 1) {
      return Optional.empty();
    }
    Optional<FilterColumn> column =
        ColumnComparison.column(translator, subQuery.getOperands().getFirst());
    SubQueries.SubQuery plan = subQueries.plan(subQuery);
    if (column.isEmpty()
        || plan.correlated()
        || !(column.get().definition().type() instanceof SqlColumnType.Scalar scalar)) {
      return Optional.empty();
    }
    int ordinal = column.get().ordinal();
    return Optional.of(
        execution -> {
          List<@Nullable Object[]> rows = plan.rows(execution).all();
          if (rows.isEmpty()) {
            return negated ? new RowFilter.All() : new RowFilter.Nothing();
          }
          List<@Nullable Object> values = new ArrayList<>(rows.size());
          rows.forEach(row -> values.add(row[0]));
          return filter(ordinal, scalar.type().kind(), values, negated);
        });
  }

  private static Optional<FilterSource> of(
      FilterTranslator translator, FilterColumn column, List<RexNode> values, boolean negated) {
    if (!(column.definition().type() instanceof SqlColumnType.Scalar scalar)) {
      return Optional.empty();
    }
    Evaluator[] evaluators = values.stream().map(translator::compile).toArray(Evaluator[]::new);
    int ordinal = column.ordinal();
    ScalarKind kind = scalar.type().kind();
    return Optional.of(
        execution -> {
          List<@Nullable Object> given = new ArrayList<>(evaluators.length);
          for (Evaluator evaluator : evaluators) {
            given.add(evaluator.evaluate(NO_ROW, execution.bindings()));
          }
          return filter(ordinal, kind, given, negated);
        });
  }

  /** The filter for these values: null among them makes a negated list hold for no row. */
  static RowFilter filter(
      int ordinal, ScalarKind kind, Iterable<? extends @Nullable Object> values, boolean negated) {
    Set<Object> kept = new LinkedHashSet<>();
    for (Object value : values) {
      if (value == null) {
        if (negated) {
          return new RowFilter.Nothing();
        }
        continue;
      }
      Object equal = ColumnComparison.equalValue(kind, value);
      if (equal != null) {
        kept.add(equal);
      }
    }
    if (kept.isEmpty()) {
      return negated ? new RowFilter.IsNull(ordinal, true) : new RowFilter.Nothing();
    }
    return new RowFilter.In(ordinal, List.copyOf(kept), negated);
  }
}
