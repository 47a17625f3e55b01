package io.quiver.planner.expression;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Expressions whose value is an interval, which is a number of months or of milliseconds: sums,
 * multiples, and what lies between two moments.
 */
final class Intervals {
  private static final long DAY = 86_400_000L;

  private Intervals() {}

  static @Nullable Evaluator compile(RexCall call, Evaluator[] operands) {
    if (call.getKind() == SqlKind.REINTERPRET) {
      return operands[0];
    }
    if (!SqlTypeUtil.isInterval(call.getType())) {
      return null;
    }
    return switch (call.getKind()) {
      case TIMES -> of(operands, (one, other) -> decimal(one).multiply(decimal(other)));
      case DIVIDE -> of(operands, Intervals::divided);
      case PLUS -> of(operands, (one, other) -> decimal(one).add(decimal(other)));
      case MINUS, MINUS_PREFIX -> minus(call, operands);
      default -> null;
    };
  }

  private interface Operation {
    BigDecimal apply(Number one, Number other);
  }

  private static Evaluator of(Evaluator[] operands, Operation operation) {
    return (row, bindings) -> {
      Object one = operands[0].evaluate(row, bindings);
      Object other = operands[1].evaluate(row, bindings);
      return one == null || other == null
          ? null
          : whole(operation.apply((Number) one, (Number) other));
    };
  }

  private static BigDecimal decimal(Number number) {
    return ValueOrder.decimal(number);
  }

  private static BigDecimal divided(Number interval, Number by) {
    BigDecimal divisor = decimal(by);
    if (divisor.signum() == 0) {
      throw EvaluationProblem.divisionByZero();
    }
    return decimal(interval).divide(divisor, 0, RoundingMode.HALF_UP);
  }

  private static Long whole(BigDecimal value) {
    BigDecimal rounded = value.setScale(0, RoundingMode.HALF_UP);
    if (rounded.toBigInteger().bitLength() >= Long.SIZE) {
      throw EvaluationProblem.outOfRange(rounded.toPlainString(), "an interval");
    }
    return rounded.longValue();
  }

  private static @Nullable Evaluator minus(RexCall call, Evaluator[] operands) {
    if (operands.length == 1) {
      return (row, bindings) ->
          operands[0].evaluate(row, bindings) instanceof Number number
              ? (Long) Math.negateExact(number.longValue())
              : null;
    }
    RelDataType one = call.getOperands().get(0).getType();
    RelDataType other = call.getOperands().get(1).getType();
    if (!SqlTypeUtil.isDatetime(one) || !SqlTypeUtil.isDatetime(other)) {
      return of(operands, (a, b) -> decimal(a).subtract(decimal(b)));
    }
    boolean months = call.getType().getSqlTypeName().isYearMonth();
    return (row, bindings) -> {
      Object a = operands[0].evaluate(row, bindings);
      Object b = operands[1].evaluate(row, bindings);
      if (a == null || b == null) {
        return null;
      }
      long end = moment((Number) a, one);
      long start = moment((Number) b, other);
      return months ? (Long) (long) DateTimeUtils.subtractMonths(end, start) : (Long) (end - start);
    };
  }

  private static long moment(Number value, RelDataType type) {
    return value.longValue() * (type.getSqlTypeName() == SqlTypeName.DATE ? DAY : 1);
  }
}
