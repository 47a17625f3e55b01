package io.quiver.planner.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;

/** A number as another numeric type; one that does not fit is refused, never wrapped. */
final class NumberCast {
  private NumberCast() {}

  static Object to(RelDataType type, Number value) {
    return switch (type.getSqlTypeName()) {
      case TINYINT -> (short) whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
      case SMALLINT -> (short) whole(value, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
      case INTEGER -> (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
      case BIGINT -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
      case REAL -> real(value);
      case FLOAT, DOUBLE -> value.doubleValue();
      case DECIMAL -> decimal(type, value);
      default -> throw new UnsupportedExpressionException("CAST to " + type);
    };
  }

  /** An infinity stays one; a finite number is never made one. */
  static float real(Number value) {
    float real = value.floatValue();
    if (Float.isInfinite(real) && !Double.isInfinite(value.doubleValue())) {
      throw EvaluationProblem.outOfRange(value.toString(), "REAL");
    }
    return real;
  }

  /** Rounds half away from zero, as PostgreSQL does for decimals. */
  private static long whole(Number value, long low, long high, String type) {
    if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      return checked(value.longValue(), low, high, type, value);
    }
    if (value instanceof BigDecimal decimal) {
      if (wholeDigits(decimal) > 19) {
        throw EvaluationProblem.outOfRange(value.toString(), type);
      }
      BigDecimal rounded = rounded(decimal, 0);
      if (rounded.toBigInteger().bitLength() > 63) {
        throw EvaluationProblem.outOfRange(value.toString(), type);
      }
      return checked(rounded.longValue(), low, high, type, value);
    }
    double number = value.doubleValue();
    if (!(number >= -0x1p63 && number < 0x1p63)) {
      throw EvaluationProblem.outOfRange(value.toString(), type);
    }
    return checked(Math.round(number), low, high, type, value);
  }

  private static long checked(long value, long low, long high, String type, Number shown) {
    if (value < low || value > high) {
      throw EvaluationProblem.outOfRange(shown.toString(), type);
    }
    return value;
  }

  private static BigDecimal decimal(RelDataType type, Number value) {
    if (value instanceof Double d && !Double.isFinite(d)
        || value instanceof Float f && !Float.isFinite(f)) {
      throw EvaluationProblem.outOfRange(value.toString(), "DECIMAL");
    }
    BigDecimal decimal = ValueOrder.decimal(value);
    if (type.getScale() >= 0 && type.getPrecision() > 0) {
      if (wholeDigits(decimal) > type.getPrecision()) {
        throw EvaluationProblem.outOfRange(value.toString(), type.toString());
      }
      BigDecimal scaled = rounded(decimal, type.getScale());
      if (scaled.precision() - scaled.scale() > type.getPrecision() - type.getScale()) {
        throw EvaluationProblem.outOfRange(value.toString(), type.toString());
      }
      return scaled;
    }
    return decimal;
  }

  /** Digits before the point, less than zero where zeros follow it. */
  private static long wholeDigits(BigDecimal value) {
    return value.signum() == 0 ? 0 : (long) value.precision() - value.scale();
  }

  /** A number such as 1e-999999999 is rounded without writing out its zeros. */
  private static BigDecimal rounded(BigDecimal value, int scale) {
    return wholeDigits(value) < -scale
        ? BigDecimal.valueOf(0, scale)
        : value.setScale(scale, RoundingMode.HALF_UP);
  }
}
