package io.quiver.planner.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** Functions of numbers. */
final class NumberFunctions {
  private NumberFunctions() {}

  static @Nullable Evaluator compile(RexCall call, Evaluator[] operands) {
    if (!call.getOperands().stream()
        .allMatch(each -> Arithmetic.isNumber(each.getType().getSqlTypeName()))) {
      return null;
    }
    RelDataType type = call.getType();
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "ABS" -> number(operands[0], type, NumberFunctions::abs);
      case "SIGN" -> number(operands[0], type, value -> ValueOrder.compare(value, 0));
      case "FLOOR" -> number(operands[0], type, value -> rounded(value, 0, RoundingMode.FLOOR));
      case "CEIL", "CEILING" ->
          number(operands[0], type, value -> rounded(value, 0, RoundingMode.CEILING));
      case "ROUND" -> rounding(operands, type, RoundingMode.HALF_UP);
      case "TRUNCATE", "TRUNC" -> rounding(operands, type, RoundingMode.DOWN);
      case "SQRT" -> real(operands[0], RealFunctions::sqrt);
      case "CBRT" -> real(operands[0], Math::cbrt);
      case "EXP" -> real(operands[0], RealFunctions::exp);
      case "LN" -> real(operands[0], RealFunctions::log);
      case "LOG10" -> real(operands[0], RealFunctions::log10);
      case "SIN" -> real(operands[0], Math::sin);
      case "COS" -> real(operands[0], Math::cos);
      case "TAN" -> real(operands[0], Math::tan);
      case "ASIN" -> real(operands[0], RealFunctions::asin);
      case "ACOS" -> real(operands[0], RealFunctions::acos);
      case "ATAN" -> real(operands[0], Math::atan);
      case "DEGREES" -> real(operands[0], Math::toDegrees);
      case "RADIANS" -> real(operands[0], Math::toRadians);
      case "POWER", "POW" -> real(operands, RealFunctions::power);
      case "ATAN2" -> real(operands, Math::atan2);
      case "PI" -> (row, bindings) -> Math.PI;
      default -> null;
    };
  }

  private interface NumberOperation {
    Number apply(Number value);
  }

  private static Evaluator number(Evaluator operand, RelDataType type, NumberOperation operation) {
    return (row, bindings) -> {
      Object value = operand.evaluate(row, bindings);
      return value == null ? null : NumberCast.to(type, operation.apply((Number) value));
    };
  }

  private static Evaluator rounding(Evaluator[] operands, RelDataType type, RoundingMode mode) {
    return (row, bindings) -> {
      Object value = operands[0].evaluate(row, bindings);
      Object digits = operands.length > 1 ? operands[1].evaluate(row, bindings) : (Integer) 0;
      return value == null || digits == null
          ? null
          : NumberCast.to(type, rounded((Number) value, ((Number) digits).intValue(), mode));
    };
  }

  private static Number abs(Number value) {
    return switch (value) {
      case Double d -> Math.abs(d);
      case Float f -> Math.abs(f);
      case BigDecimal decimal -> decimal.abs();
      default -> {
        long whole = value.longValue();
        if (whole == Long.MIN_VALUE) {
          throw EvaluationProblem.outOfRange("ABS of " + whole, "BIGINT");
        }
        yield Math.abs(whole);
      }
    };
  }

  private static Number rounded(Number value, int digits, RoundingMode mode) {
    if (value instanceof Double || value instanceof Float) {
      double number = value.doubleValue();
      if (!Double.isFinite(number)) {
        return number;
      }
      return ValueOrder.decimal(value).setScale(digits, mode).doubleValue();
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.setScale(digits, mode);
    }
    return digits >= 0
        ? value
        : BigDecimal.valueOf(value.longValue()).setScale(digits, mode).longValueExact();
  }

  private static Evaluator real(Evaluator operand, DoubleUnaryOperator operation) {
    return (row, bindings) -> {
      Object value = operand.evaluate(row, bindings);
      return value == null ? null : operation.applyAsDouble(((Number) value).doubleValue());
    };
  }

  private static Evaluator real(Evaluator[] operands, DoubleBinaryOperator operation) {
    return (row, bindings) -> {
      Object one = operands[0].evaluate(row, bindings);
      Object other = operands[1].evaluate(row, bindings);
      return one == null || other == null
          ? null
          : operation.applyAsDouble(((Number) one).doubleValue(), ((Number) other).doubleValue());
    };
  }
}
