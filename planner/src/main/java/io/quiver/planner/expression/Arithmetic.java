package io.quiver.planner.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** The four operations, remainder and sign, in the type the validator chose for the result. */
final class Arithmetic {
  private Arithmetic() {}

  private enum Operation {
    PLUS,
    MINUS,
    TIMES,
    DIVIDE,
    REMAINDER
  }

  static @Nullable Evaluator compile(RexCall call, Evaluator[] operands) {
    RelDataType type = call.getType();
    if (!isNumber(type.getSqlTypeName())
        || !call.getOperands().stream()
            .allMatch(each -> isNumber(each.getType().getSqlTypeName()))) {
      return null;
    }
    return switch (call.getKind()) {
      case PLUS, CHECKED_PLUS -> binary(Operation.PLUS, type, operands);
      case MINUS, CHECKED_MINUS -> binary(Operation.MINUS, type, operands);
      case TIMES, CHECKED_TIMES -> binary(Operation.TIMES, type, operands);
      case DIVIDE, CHECKED_DIVIDE -> binary(Operation.DIVIDE, type, operands);
      case MOD -> binary(Operation.REMAINDER, type, operands);
      case MINUS_PREFIX, CHECKED_MINUS_PREFIX -> negate(type, operands[0]);
      case PLUS_PREFIX -> operands[0];
      default -> null;
    };
  }

  static boolean isNumber(SqlTypeName type) {
    return switch (type) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  private static Evaluator binary(Operation operation, RelDataType type, Evaluator[] operands) {
    Evaluator left = operands[0];
    Evaluator right = operands[1];
    return (row, bindings) -> {
      Object one = left.evaluate(row, bindings);
      Object other = right.evaluate(row, bindings);
      return one == null || other == null
          ? null
          : apply(operation, type, (Number) one, (Number) other);
    };
  }

  private static Evaluator negate(RelDataType type, Evaluator operand) {
    return (row, bindings) -> {
      Object value = operand.evaluate(row, bindings);
      return value == null ? null : apply(Operation.MINUS, type, 0, (Number) value);
    };
  }

  private static Object apply(Operation operation, RelDataType type, Number one, Number other) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT ->
          NumberCast.to(type, whole(operation, one, other, type));
      case REAL, FLOAT, DOUBLE ->
          NumberCast.to(type, binaryPoint(operation, one.doubleValue(), other.doubleValue()));
      default ->
          NumberCast.to(
              type, decimal(operation, ValueOrder.decimal(one), ValueOrder.decimal(other), type));
    };
  }

  private static Number whole(Operation operation, Number one, Number other, RelDataType type) {
    if (!isWhole(one) || !isWhole(other)) {
      return decimal(operation, ValueOrder.decimal(one), ValueOrder.decimal(other), type);
    }
    long a = one.longValue();
    long b = other.longValue();
    try {
      return switch (operation) {
        case PLUS -> Math.addExact(a, b);
        case MINUS -> Math.subtractExact(a, b);
        case TIMES -> Math.multiplyExact(a, b);
        case DIVIDE -> Math.divideExact(a, divisor(b));
        case REMAINDER -> a % divisor(b);
      };
    } catch (ArithmeticException overflow) {
      throw EvaluationProblem.outOfRange(
          a + " " + operation + " " + b, type.getSqlTypeName().getName());
    }
  }

  private static boolean isWhole(Number number) {
    return number instanceof Integer || number instanceof Long || number instanceof Short;
  }

  private static long divisor(long value) {
    if (value == 0) {
      throw EvaluationProblem.divisionByZero();
    }
    return value;
  }

  private static double binaryPoint(Operation operation, double a, double b) {
    return switch (operation) {
      case PLUS -> RealFunctions.finite(a + b, a, b, "+");
      case MINUS -> RealFunctions.finite(a - b, a, b, "-");
      case TIMES -> RealFunctions.finite(a * b, a, b, "*");
      case DIVIDE -> {
        if (b == 0) {
          throw EvaluationProblem.divisionByZero();
        }
        yield RealFunctions.finite(a / b, a, b, "/");
      }
      case REMAINDER -> {
        if (b == 0) {
          throw EvaluationProblem.divisionByZero();
        }
        yield a % b;
      }
    };
  }

  private static BigDecimal decimal(
      Operation operation, BigDecimal a, BigDecimal b, RelDataType type) {
    return switch (operation) {
      case PLUS -> a.add(b);
      case MINUS -> a.subtract(b);
      case TIMES -> a.multiply(b);
      case DIVIDE -> {
        if (b.signum() == 0) {
          throw EvaluationProblem.divisionByZero();
        }
        int scale = Math.max(type.getScale(), Math.max(a.scale(), 6));
        yield a.divide(b, scale, RoundingMode.HALF_UP);
      }
      case REMAINDER -> {
        if (b.signum() == 0) {
          throw EvaluationProblem.divisionByZero();
        }
        yield a.remainder(b, MathContext.UNLIMITED);
      }
    };
  }
}
