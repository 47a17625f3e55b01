package io.quiver.planner.expression;

import java.time.LocalTime;
import java.time.ZoneOffset;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Dates and times: now, parts of them, rounding, and adding intervals. All in UTC. */
final class TemporalFunctions {
  private static final long DAY = 86_400_000L;

  private TemporalFunctions() {}

  static @Nullable Evaluator compile(RexCall call, Evaluator[] operands) {
    return switch (call.getOperator().getName()) {
      case "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "NOW" ->
          (row, bindings) -> bindings.started().toEpochMilli();
      case "CURRENT_DATE" ->
          (row, bindings) -> (int) Math.floorDiv(bindings.started().toEpochMilli(), DAY);
      case "CURRENT_TIME", "LOCALTIME" ->
          (row, bindings) ->
              (int)
                  (LocalTime.ofInstant(bindings.started(), ZoneOffset.UTC).toNanoOfDay()
                      / 1_000_000);
      case "EXTRACT" -> extract(call, operands);
      case "FLOOR", "CEIL", "DATE_TRUNC" -> rounded(call, operands);
      default -> {
        Evaluator interval = Intervals.compile(call, operands);
        yield interval == null ? plus(call, operands) : interval;
      }
    };
  }

  private static @Nullable TimeUnitRange unit(RexCall call) {
    for (RexNode operand : call.getOperands()) {
      if (operand instanceof RexLiteral literal) {
        if (literal.getValue() instanceof TimeUnitRange range) {
          return range;
        }
        if (literal.getValue() instanceof TimeUnit unit) {
          return TimeUnitRange.of(unit, null);
        }
      }
    }
    return null;
  }

  private static Evaluator extract(RexCall call, Evaluator[] operands) {
    TimeUnitRange unit = unit(call);
    RexNode source = call.getOperands().getLast();
    if (unit == null) {
      throw UnsupportedExpressionException.of(call);
    }
    SqlTypeName type = source.getType().getSqlTypeName();
    return switch (type) {
      case DATE -> value(operands[0], date -> DateTimeUtils.unixDateExtract(unit, date));
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
          value(operands[0], moment -> ofMoment(unit, moment));
      case TIME -> value(operands[0], time -> ofMoment(unit, time));
      default -> throw UnsupportedExpressionException.of(call);
    };
  }

  private static long ofMoment(TimeUnitRange unit, long moment) {
    return switch (unit) {
      case EPOCH -> Math.floorDiv(moment, 1000L);
      case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, NANOSECOND ->
          ofTime(unit, Math.floorMod(moment, DAY));
      default -> DateTimeUtils.unixDateExtract(unit, Math.floorDiv(moment, DAY));
    };
  }

  private static long ofTime(TimeUnitRange unit, long millisOfDay) {
    return switch (unit) {
      case HOUR -> millisOfDay / 3_600_000;
      case MINUTE -> millisOfDay / 60_000 % 60;
      case SECOND -> millisOfDay / 1000 % 60;
      case MILLISECOND -> millisOfDay % 60_000;
      case MICROSECOND -> millisOfDay % 60_000 * 1000;
      default -> millisOfDay % 60_000 * 1_000_000;
    };
  }

  private interface LongOperation {
    long apply(long value);
  }

  private static Evaluator value(Evaluator operand, LongOperation operation) {
    return (row, bindings) -> {
      Object value = operand.evaluate(row, bindings);
      return value == null ? null : operation.apply(((Number) value).longValue());
    };
  }

  private static @Nullable Evaluator rounded(RexCall call, Evaluator[] operands) {
    TimeUnitRange unit = unit(call);
    if (unit == null) {
      return null;
    }
    boolean up = call.getKind() == SqlKind.CEIL;
    boolean isDate = call.getType().getSqlTypeName() == SqlTypeName.DATE;
    Evaluator operand = operands[0];
    return (row, bindings) -> {
      Object value = operand.evaluate(row, bindings);
      if (value == null) {
        return null;
      }
      long moment = ((Number) value).longValue() * (isDate ? DAY : 1);
      long result = roundedMoment(unit, moment, up);
      if (isDate) {
        return (Object) (int) Math.floorDiv(result, DAY);
      }
      return result;
    };
  }

  private static long roundedMoment(TimeUnitRange unit, long moment, boolean up) {
    if (unit == TimeUnitRange.WEEK) {
      // Weeks begin on Monday, as EXTRACT counts them; 1970-01-01 was a Thursday.
      long monday = Math.floorDiv(moment + 3 * DAY, 7 * DAY) * 7 * DAY - 3 * DAY;
      return up && monday != moment ? monday + 7 * DAY : monday;
    }
    long size =
        switch (unit) {
          case DAY -> DAY;
          case HOUR -> 3_600_000L;
          case MINUTE -> 60_000L;
          case SECOND -> 1000L;
          case MILLISECOND -> 1L;
          default -> 0L;
        };
    if (size > 0) {
      long down = Math.floorDiv(moment, size) * size;
      return up && down != moment ? down + size : down;
    }
    return up
        ? DateTimeUtils.unixTimestampCeil(unit, moment)
        : DateTimeUtils.unixTimestampFloor(unit, moment);
  }

  /** A date or timestamp and an interval. */
  private static @Nullable Evaluator plus(RexCall call, Evaluator[] operands) {
    boolean minus = call.getKind() == SqlKind.MINUS || call.getKind() == SqlKind.MINUS_PREFIX;
    if (operands.length != 2
        || !(minus || call.getKind() == SqlKind.PLUS || call.getKind() == SqlKind.TIMESTAMP_ADD)) {
      return null;
    }
    RelDataType one = call.getOperands().get(0).getType();
    RelDataType other = call.getOperands().get(1).getType();
    if (SqlTypeUtil.isDatetime(one) && SqlTypeUtil.isInterval(other)) {
      return shifted(operands[0], operands[1], one, other, minus ? -1 : 1);
    }
    if (!minus && SqlTypeUtil.isInterval(one) && SqlTypeUtil.isDatetime(other)) {
      return shifted(operands[1], operands[0], other, one, 1);
    }
    return null;
  }

  private static Evaluator shifted(
      Evaluator moment, Evaluator interval, RelDataType type, RelDataType by, int sign) {
    boolean months = by.getSqlTypeName().isYearMonth();
    boolean isDate = type.getSqlTypeName() == SqlTypeName.DATE;
    return (row, bindings) -> {
      Object value = moment.evaluate(row, bindings);
      Object amount = interval.evaluate(row, bindings);
      if (value == null || amount == null) {
        return null;
      }
      long shift = sign * ((Number) amount).longValue();
      if (isDate) {
        int date = ((Number) value).intValue();
        return months
            ? (Object) DateTimeUtils.addMonths(date, Math.toIntExact(shift))
            : (Object) (int) (date + Math.floorDiv(shift, DAY));
      }
      if (type.getSqlTypeName() == SqlTypeName.TIME) {
        return (int) Math.floorMod(((Number) value).longValue() + shift, DAY);
      }
      long at = ((Number) value).longValue();
      return months ? DateTimeUtils.addMonths(at, Math.toIntExact(shift)) : (Object) (at + shift);
    };
  }
}
