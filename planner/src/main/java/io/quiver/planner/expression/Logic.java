package io.quiver.planner.expression;

import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** AND, OR, NOT, CASE and the tests for null and truth, with three values. */
final class Logic {
  private Logic() {}

  static @Nullable Evaluator compile(RexCall call, Evaluator[] operands) {
    return switch (call.getKind()) {
      case AND -> and(operands);
      case OR -> or(operands);
      case NOT ->
          (row, bindings) -> {
            Object value = operands[0].evaluate(row, bindings);
            return value == null ? null : !(Boolean) value;
          };
      case IS_NULL, IS_UNKNOWN -> (row, bindings) -> operands[0].evaluate(row, bindings) == null;
      case IS_NOT_NULL -> (row, bindings) -> operands[0].evaluate(row, bindings) != null;
      case IS_TRUE -> (row, bindings) -> operands[0].isTrue(row, bindings);
      case IS_NOT_TRUE -> (row, bindings) -> !operands[0].isTrue(row, bindings);
      case IS_FALSE -> (row, bindings) -> Boolean.FALSE.equals(operands[0].evaluate(row, bindings));
      case IS_NOT_FALSE ->
          (row, bindings) -> !Boolean.FALSE.equals(operands[0].evaluate(row, bindings));
      case CASE -> when(operands);
      case COALESCE -> coalesce(operands);
      default -> null;
    };
  }

  private static Evaluator and(Evaluator[] parts) {
    return (row, bindings) -> {
      boolean unknown = false;
      for (Evaluator part : parts) {
        Object value = part.evaluate(row, bindings);
        if (value == null) {
          unknown = true;
        } else if (!(Boolean) value) {
          return false;
        }
      }
      return unknown ? null : true;
    };
  }

  private static Evaluator or(Evaluator[] parts) {
    return (row, bindings) -> {
      boolean unknown = false;
      for (Evaluator part : parts) {
        Object value = part.evaluate(row, bindings);
        if (value == null) {
          unknown = true;
        } else if ((Boolean) value) {
          return true;
        }
      }
      return unknown ? null : false;
    };
  }

  /** Operands: condition, value, condition, value, ..., value otherwise. */
  private static Evaluator when(Evaluator[] operands) {
    return (row, bindings) -> {
      int i = 0;
      for (; i + 1 < operands.length; i += 2) {
        if (operands[i].isTrue(row, bindings)) {
          return operands[i + 1].evaluate(row, bindings);
        }
      }
      return operands[i].evaluate(row, bindings);
    };
  }

  private static Evaluator coalesce(Evaluator[] operands) {
    return (row, bindings) -> {
      for (Evaluator operand : operands) {
        Object value = operand.evaluate(row, bindings);
        if (value != null) {
          return value;
        }
      }
      return null;
    };
  }
}
