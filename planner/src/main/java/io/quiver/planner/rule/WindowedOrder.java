package io.quiver.planner.rule;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Rows numbered by a distance, of which only the first are wanted.
 *
 * <pre>
 * Filter(n <= 10)                                        Filter(n <= 10)
 *   Window(n = ROW_NUMBER() over (order by distance))  =>  Window(...)
 *     Scan(docs)                                             Search(docs, k=10)
 * </pre>
 *
 * <p>A row's number depends on those before it alone, so the first rows are enough. With RANK rows
 * that are equally far share a number, and any of them may be wanted: it is not cut.
 */
final class WindowedOrder {
  private WindowedOrder() {}

  /** A window under projections, told in terms of the window's fields. */
  private record Numbered(Window window, List<RexNode> fields) {
    static Optional<Numbered> of(RelNode rel) {
      RelNode node = rel.stripped();
      RexBuilder builder = node.getCluster().getRexBuilder();
      if (node instanceof Window window) {
        return window.groups.size() == 1 && window.constants.isEmpty()
            ? Optional.of(
                new Numbered(window, List.copyOf(builder.identityProjects(window.getRowType()))))
            : Optional.empty();
      }
      return node instanceof Project project
          ? of(project.getInput())
              .map(
                  inner ->
                      new Numbered(
                          inner.window,
                          new FieldSubstitution(inner.fields).apply(project.getProjects())))
          : Optional.empty();
    }

    RexNode over(RexNode expression) {
      return expression.accept(new FieldSubstitution(fields));
    }

    Window.Group group() {
      return window.groups.getFirst();
    }

    /** What stands on the window, on the first rows alone. */
    Optional<RelNode> cut(RelNode above, RexNode rows, Function<Sort, Optional<RelNode>> search) {
      Sort first =
          LogicalSort.create(
              window.getInput(),
              RelCollations.of(group().orderKeys.getFieldCollations()),
              null,
              rows);
      return search
          .apply(first)
          .map(found -> replace(above, window.copy(window.getTraitSet(), List.of(found))));
    }

    private static RelNode replace(RelNode rel, RelNode window) {
      RelNode node = rel.stripped();
      return node instanceof Window
          ? window
          : node.copy(node.getTraitSet(), List.of(replace(node.getInput(0), window)));
    }
  }

  /** From a bound of ROW_NUMBER. */
  static Optional<RelNode> search(Filter filter, Function<Sort, Optional<RelNode>> search) {
    Optional<Numbered> found = Numbered.of(filter.getInput());
    if (found.isEmpty() || !filter.getVariablesSet().isEmpty()) {
      return Optional.empty();
    }
    Numbered numbered = found.get();
    OptionalInt number = number(numbered.window);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    RexBuilder builder = filter.getCluster().getRexBuilder();
    for (RexNode conjunct : RelOptUtil.conjunctions(numbered.over(filter.getCondition()))) {
      Optional<RexNode> rows = bound(builder, conjunct, number.getAsInt());
      if (rows.isPresent()) {
        return numbered
            .cut(filter.getInput(), rows.get(), search)
            .map(cut -> filter.copy(filter.getTraitSet(), List.of(cut)));
      }
    }
    return Optional.empty();
  }

  /** The field that is ROW_NUMBER over all rows by one key. */
  private static OptionalInt number(Window window) {
    Window.Group group = window.groups.getFirst();
    int input = window.getInput().getRowType().getFieldCount();
    if (!group.keys.isEmpty() || group.orderKeys.getFieldCollations().size() != 1) {
      return OptionalInt.empty();
    }
    for (int i = 0; i < group.aggCalls.size(); i++) {
      if (group.aggCalls.get(i).getKind() != SqlKind.ROW_NUMBER) {
        return OptionalInt.empty();
      }
    }
    return group.aggCalls.isEmpty() ? OptionalInt.empty() : OptionalInt.of(input);
  }

  /** How many rows {@code number <= n}, {@code number < n} or {@code number = n} can need. */
  private static Optional<RexNode> bound(RexBuilder builder, RexNode conjunct, int number) {
    if (!(conjunct instanceof RexCall call) || call.getOperands().size() != 2) {
      return Optional.empty();
    }
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    SqlKind kind = call.getKind();
    if (isNumber(right, number)) {
      RexNode swapped = left;
      left = right;
      right = swapped;
      kind = kind.reverse();
    }
    boolean bounds =
        kind == SqlKind.LESS_THAN_OR_EQUAL || kind == SqlKind.LESS_THAN || kind == SqlKind.EQUALS;
    if (!bounds || !isNumber(left, number) || !OrderByDistance.isFixed(right)) {
      return Optional.empty();
    }
    var bigint =
        builder
            .getTypeFactory()
            .createTypeWithNullability(
                builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT), true);
    // A bound of 0 or less, or null, wants no row: a limit must not be negative.
    RexNode given = builder.makeAbstractCast(bigint, right, false);
    RexNode zero = builder.makeExactLiteral(BigDecimal.ZERO, bigint);
    return Optional.of(
        builder.makeCall(
            SqlStdOperatorTable.CASE,
            builder.makeCall(SqlStdOperatorTable.GREATER_THAN, given, zero),
            given,
            zero));
  }

  private static boolean isNumber(RexNode node, int number) {
    RexNode plain =
        node instanceof RexCall cast && cast.getKind() == SqlKind.CAST
            ? cast.getOperands().getFirst()
            : node;
    return plain instanceof RexInputRef ref && ref.getIndex() == number;
  }

  /** From a LIMIT over rows in the order of the window: any ranking of the first rows is right. */
  static Optional<RelNode> search(Sort sort, Function<Sort, Optional<RelNode>> search) {
    Optional<Numbered> found = Numbered.of(sort.getInput());
    if (found.isEmpty() || sort.getCollation().getFieldCollations().size() != 1) {
      return Optional.empty();
    }
    Numbered numbered = found.get();
    boolean ranks =
        numbered.group().aggCalls.stream()
            .allMatch(
                call ->
                    switch (call.getKind()) {
                      case ROW_NUMBER, RANK, DENSE_RANK -> true;
                      default -> false;
                    });
    RelFieldCollation key = sort.getCollation().getFieldCollations().getFirst();
    boolean sameOrder =
        numbered.fields.get(key.getFieldIndex()) instanceof RexInputRef ref
            && numbered
                .group()
                .orderKeys
                .getFieldCollations()
                .equals(List.of(key.withFieldIndex(ref.getIndex())));
    return ranks && sameOrder && numbered.group().keys.isEmpty()
        ? numbered
            .cut(sort.getInput(), OrderByDistance.rows(sort), search)
            .map(cut -> sort.copy(sort.getTraitSet(), List.of(cut)))
        : Optional.empty();
  }
}
