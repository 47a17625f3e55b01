package io.quiver.planner.expression;

import java.util.function.IntPredicate;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.jspecify.annotations.Nullable;

/** Comparisons, LIKE, and the largest and smallest of several. */
final class Comparing {
  private Comparing() {}

  static @Nullable Evaluator compile(RexCall call, Evaluator[] operands) {
    return switch (call.getKind()) {
      case EQUALS -> compare(operands, sign -> sign == 0);
      case NOT_EQUALS -> compare(operands, sign -> sign != 0);
      case LESS_THAN -> compare(operands, sign -> sign < 0);
      case LESS_THAN_OR_EQUAL -> compare(operands, sign -> sign <= 0);
      case GREATER_THAN -> compare(operands, sign -> sign > 0);
      case GREATER_THAN_OR_EQUAL -> compare(operands, sign -> sign >= 0);
      case IS_DISTINCT_FROM ->
          (row, bindings) ->
              !ValueOrder.same(
                  operands[0].evaluate(row, bindings), operands[1].evaluate(row, bindings));
      case IS_NOT_DISTINCT_FROM ->
          (row, bindings) ->
              ValueOrder.same(
                  operands[0].evaluate(row, bindings), operands[1].evaluate(row, bindings));
      case LIKE -> like(call, operands);
      case GREATEST, GREATEST_PG -> extreme(operands, 1, call.getKind().name().endsWith("_PG"));
      case LEAST, LEAST_PG -> extreme(operands, -1, call.getKind().name().endsWith("_PG"));
      default -> null;
    };
  }

  private static Evaluator compare(Evaluator[] operands, IntPredicate holds) {
    Evaluator left = operands[0];
    Evaluator right = operands[1];
    return (row, bindings) -> {
      Object one = left.evaluate(row, bindings);
      if (one == null) {
        return null;
      }
      Object other = right.evaluate(row, bindings);
      return other == null ? null : holds.test(ValueOrder.compare(one, other));
    };
  }

  private static @Nullable Evaluator like(RexCall call, Evaluator[] operands) {
    boolean ignoreCase =
        switch (call.getOperator().getName()) {
          case "LIKE" -> false;
          case "ILIKE" -> true;
          default -> throw new UnsupportedExpressionException(call.toString());
        };
    boolean constant =
        call.getOperands().stream().skip(1).allMatch(each -> each instanceof RexLiteral);
    if (constant) {
      RexLiteral pattern = (RexLiteral) call.getOperands().get(1);
      RexLiteral escape =
          call.getOperands().size() > 2 ? (RexLiteral) call.getOperands().get(2) : null;
      Object patternText = LiteralValue.of(pattern);
      Object escapeText = escape == null ? null : LiteralValue.of(escape);
      if (patternText == null) {
        return (row, bindings) -> null;
      }
      LikePattern compiled = LikePattern.of((String) patternText, (String) escapeText, ignoreCase);
      return (row, bindings) -> {
        Object text = operands[0].evaluate(row, bindings);
        return text == null ? null : compiled.matches((String) text);
      };
    }
    return (row, bindings) -> {
      Object text = operands[0].evaluate(row, bindings);
      Object pattern = operands[1].evaluate(row, bindings);
      Object escape = operands.length > 2 ? operands[2].evaluate(row, bindings) : null;
      return (text == null || pattern == null)
          ? null
          : LikePattern.of((String) pattern, (String) escape, ignoreCase).matches((String) text);
    };
  }

  /** Standard SQL gives null if any operand is; PostgreSQL leaves nulls out. */
  private static Evaluator extreme(Evaluator[] operands, int sign, boolean skipNulls) {
    return (row, bindings) -> {
      Object best = null;
      for (Evaluator operand : operands) {
        Object value = operand.evaluate(row, bindings);
        if (value == null) {
          if (!skipNulls) {
            return null;
          }
        } else if (best == null || sign * ValueOrder.compare(value, best) > 0) {
          best = value;
        }
      }
      return best;
    };
  }
}
