package io.quiver.planner.rule;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A conjunct that bounds a field by something that reads no input.
 *
 * <p>The conjunct itself is still applied to the result: the bound only lets the search stop early,
 * so it may be a little wide. That is how a strict comparison is told as one that is not, and how
 * {@code (2 - d) / 2 >= 0.7}, {@code ROUND(d, 8) <= 0.6} and {@code 1 / (1 + d) > 0.5} become
 * bounds of {@code d}.
 *
 * @param limit the bound
 */
record DistanceBound(RexNode limit) {
  /** An upper bound of the field: {@code distance <= x}, {@code 1 - distance > x}. */
  static Optional<DistanceBound> of(RexBuilder builder, RexNode conjunct, int field) {
    return new Solving(builder, field, true).conjunct(conjunct);
  }

  /** A lower bound of the field: {@code score >= x}. */
  static Optional<DistanceBound> ofScore(RexBuilder builder, RexNode conjunct, int field) {
    return new Solving(builder, field, false).conjunct(conjunct);
  }

  /**
   * Solves a comparison for the field.
   *
   * @param upper whether an upper bound is wanted rather than a lower one
   */
  private record Solving(RexBuilder builder, int field, boolean upper) {
    Optional<DistanceBound> conjunct(RexNode conjunct) {
      if (!(conjunct instanceof RexCall call) || call.getOperands().size() != 2) {
        return Optional.empty();
      }
      RexNode left = call.getOperands().get(0);
      RexNode right = call.getOperands().get(1);
      return switch (call.getKind()) {
        case LESS_THAN, LESS_THAN_OR_EQUAL -> either(left, right);
        case GREATER_THAN, GREATER_THAN_OR_EQUAL -> either(right, left);
        default -> Optional.empty();
      };
    }

    /** From {@code low <= high}, the field being in one of them. */
    private Optional<DistanceBound> either(RexNode low, RexNode high) {
      if (isFixed(high)) {
        return solve(low, high, true, false);
      }
      return isFixed(low) ? solve(high, low, false, false) : Optional.empty();
    }

    /**
     * @param below whether the expression is at most the limit rather than at least
     * @param rounded whether arithmetic may have made the limit a little narrow
     */
    private Optional<DistanceBound> solve(
        RexNode expression, RexNode limit, boolean below, boolean rounded) {
      if (expression instanceof RexInputRef ref) {
        return ref.getIndex() == field && below == upper
            ? Optional.of(new DistanceBound(rounded ? widened(limit) : limit))
            : Optional.empty();
      }
      if (!(expression instanceof RexCall call)) {
        return Optional.empty();
      }
      List<RexNode> parts = call.getOperands();
      RexNode first = parts.getFirst();
      RexNode last = parts.getLast();
      return switch (call.getKind()) {
        case CAST -> cast(call, limit, below, rounded);
        case MINUS_PREFIX ->
            solve(first, call(SqlStdOperatorTable.UNARY_MINUS, number(limit)), !below, rounded);
        case PLUS ->
            isFixed(first)
                ? solve(last, minus(limit, first), below, true)
                : isFixed(last) ? solve(first, minus(limit, last), below, true) : Optional.empty();
        case MINUS ->
            isFixed(first)
                ? solve(last, minus(first, limit), !below, true)
                : isFixed(last)
                    ? solve(
                        first,
                        call(SqlStdOperatorTable.PLUS, number(limit), number(last)),
                        below,
                        true)
                    : Optional.empty();
        case TIMES -> {
          int sign = MonotoneKey.sign(first);
          int other = MonotoneKey.sign(last);
          yield sign != 0
              ? solve(last, over(limit, first), below == sign > 0, true)
              : other != 0
                  ? solve(first, over(limit, last), below == other > 0, true)
                  : Optional.empty();
        }
        case DIVIDE -> divided(first, last, limit, below);
        default ->
            call.getOperator().getName().equalsIgnoreCase("ROUND")
                ? solve(first, rounded(call, limit, below), below, true)
                : Optional.empty();
      };
    }

    private Optional<DistanceBound> cast(
        RexCall cast, RexNode limit, boolean below, boolean rounded) {
      RexNode from = cast.getOperands().getFirst();
      RelDataType type = cast.getType();
      return switch (type.getSqlTypeName()) {
        case DOUBLE, FLOAT -> solve(from, limit, below, rounded);
        case REAL -> solve(from, limit, below, true);
        case DECIMAL ->
            solve(
                from,
                slack(limit, BigDecimal.ONE.movePointLeft(type.getScale()), below),
                below,
                true);
        default -> Optional.empty();
      };
    }

    private Optional<DistanceBound> divided(
        RexNode left, RexNode right, RexNode limit, boolean below) {
      int sign = MonotoneKey.sign(right);
      if (sign != 0) {
        RexNode times = call(SqlStdOperatorTable.MULTIPLY, number(limit), number(right));
        return solve(left, times, below == sign > 0, true);
      }
      // c / (b + d) >= s, all positive: d <= c / s - b, and no bound where s is not positive.
      if (below || MonotoneKey.sign(left) <= 0 || right.getKind() != SqlKind.PLUS) {
        return Optional.empty();
      }
      RexNode reached =
          call(
              SqlStdOperatorTable.CASE,
              call(SqlStdOperatorTable.GREATER_THAN, number(limit), literal(BigDecimal.ZERO)),
              over(left, limit),
              literal(BigDecimal.valueOf(Double.MAX_VALUE)));
      return solve(right, reached, true, true);
    }

    private RexNode rounded(RexCall round, RexNode limit, boolean below) {
      int digits =
          round.getOperands().size() == 2
                  && RexUtil.removeCast(round.getOperands().get(1))
                      instanceof org.apache.calcite.rex.RexLiteral literal
                  && literal.getValueAs(Integer.class) instanceof Integer given
              ? given
              : 0;
      return slack(limit, BigDecimal.ONE.movePointLeft(digits), below);
    }

    private RexNode slack(RexNode limit, BigDecimal by, boolean below) {
      return call(
          below ? SqlStdOperatorTable.PLUS : SqlStdOperatorTable.MINUS, number(limit), literal(by));
    }

    /** A billionth more, or less for a lower bound, so that rounding excludes nothing. */
    private RexNode widened(RexNode limit) {
      RexNode billionth = literal(new BigDecimal("1e-9"));
      RexNode more =
          call(
              SqlStdOperatorTable.PLUS,
              billionth,
              call(
                  SqlStdOperatorTable.MULTIPLY,
                  billionth,
                  call(SqlStdOperatorTable.ABS, number(limit))));
      return call(
          upper ? SqlStdOperatorTable.PLUS : SqlStdOperatorTable.MINUS, number(limit), more);
    }

    private RexNode minus(RexNode a, RexNode b) {
      return call(SqlStdOperatorTable.MINUS, number(a), number(b));
    }

    private RexNode over(RexNode a, RexNode b) {
      return call(SqlStdOperatorTable.DIVIDE, number(a), number(b));
    }

    private RexNode call(org.apache.calcite.sql.SqlOperator operator, RexNode... operands) {
      return builder.makeCall(operator, operands);
    }

    private RexNode literal(BigDecimal value) {
      return builder.makeAbstractCast(real(), builder.makeApproxLiteral(value), false);
    }

    private RexNode number(RexNode node) {
      return node.getType().getSqlTypeName() == SqlTypeName.DOUBLE
          ? node
          : builder.makeAbstractCast(real(), node, false);
    }

    private RelDataType real() {
      return builder
          .getTypeFactory()
          .createTypeWithNullability(
              builder.getTypeFactory().createSqlType(SqlTypeName.DOUBLE), true);
    }

    private static boolean isFixed(RexNode node) {
      return RelOptUtil.InputFinder.bits(node).isEmpty()
          && RexUtil.isDeterministic(node)
          && RexUtil.SubQueryFinder.find(node) == null;
    }
  }
}
