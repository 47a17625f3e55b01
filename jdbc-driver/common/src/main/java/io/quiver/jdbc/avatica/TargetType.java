package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SparseVector;
import io.quiver.jdbc.SqlErrors;
import io.quiver.jdbc.VectorForm;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Locale;

/** What {@code setObject(i, x, targetSqlType, scale)} asks of a value. */
final class TargetType {
  private TargetType() {}

  /**
   * @param value as {@link ParameterValue} gave it
   * @param jdbcType a constant of {@link Types}
   * @param scale digits after the point for DECIMAL and NUMERIC; -1 leaves them
   */
  static Object of(Object value, int jdbcType, int scale) throws SQLException {
    return switch (jdbcType) {
      case Types.BIT, Types.BOOLEAN -> bool(value);
      case Types.TINYINT -> (int) whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
      case Types.SMALLINT -> (int) whole(value, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
      case Types.INTEGER -> (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
      case Types.BIGINT -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
      case Types.REAL -> number(value, "REAL").floatValue();
      case Types.FLOAT, Types.DOUBLE -> floating(value);
      case Types.DECIMAL, Types.NUMERIC -> {
        BigDecimal decimal = number(value, "DECIMAL");
        yield scale < 0 ? decimal : decimal.setScale(scale, RoundingMode.HALF_UP);
      }
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB ->
          text(value);
      case Types.DATE -> date(value);
      case Types.TIME, Types.TIME_WITH_TIMEZONE -> time(value);
      case Types.TIMESTAMP -> timestamp(value);
      case Types.TIMESTAMP_WITH_TIMEZONE ->
          value instanceof LocalDateTime local
              ? local.atZone(ZoneId.systemDefault()).toOffsetDateTime()
              : value;
      case Types.REF,
          Types.ROWID,
          Types.STRUCT,
          Types.DATALINK,
          Types.SQLXML,
          Types.DISTINCT,
          Types.REF_CURSOR ->
          throw SqlErrors.unsupported("Quiver has no type for the JDBC type " + jdbcType);
      default -> value;
    };
  }

  /** A float by its value, not by the decimal it is printed as. */
  private static double floating(Object value) throws SQLException {
    return value instanceof Float || value instanceof Double
        ? ((Number) value).doubleValue()
        : number(value, "DOUBLE").doubleValue();
  }

  private static boolean bool(Object value) throws SQLException {
    if (value instanceof Boolean bool) {
      return bool;
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    return switch (String.valueOf(value).trim().toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "1" -> true;
      case "false", "f", "no", "0" -> false;
      default -> throw cannot(value, "BOOLEAN");
    };
  }

  private static long whole(Object value, long least, long most, String type) throws SQLException {
    if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte) {
      return inRange(((Number) value).longValue(), least, most, value, type);
    }
    BigDecimal number = number(value, type).setScale(0, RoundingMode.DOWN);
    if (number.unscaledValue().bitLength() > 63) {
      throw tooLarge(value, type);
    }
    return inRange(number.longValue(), least, most, value, type);
  }

  private static long inRange(long number, long least, long most, Object value, String type)
      throws SQLException {
    if (number < least || number > most) {
      throw tooLarge(value, type);
    }
    return number;
  }

  private static BigDecimal number(Object value, String type) throws SQLException {
    try {
      if (value instanceof BigDecimal decimal) {
        return decimal;
      } else if (value instanceof Number || value instanceof String) {
        return new BigDecimal(value.toString().trim());
      } else if (value instanceof Boolean bool) {
        return bool ? BigDecimal.ONE : BigDecimal.ZERO;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw cannot(value, type);
  }

  private static Object text(Object value) {
    if (value instanceof float[] vector) {
      return VectorForm.text(vector);
    }
    if (value instanceof float[][] vectors) {
      return VectorForm.text(vectors);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return value instanceof byte[]
            || value instanceof java.util.List<?>
            || value instanceof SparseVector
        ? value
        : value.toString();
  }

  private static Object date(Object value) {
    if (value instanceof LocalDateTime local) {
      return local.toLocalDate();
    }
    return value instanceof OffsetDateTime moment ? moment.toLocalDate() : value;
  }

  private static Object time(Object value) {
    if (value instanceof LocalDateTime local) {
      return local.toLocalTime();
    }
    return value instanceof OffsetDateTime moment ? moment.toLocalTime() : value;
  }

  private static Object timestamp(Object value) {
    if (value instanceof LocalDate date) {
      return date.atStartOfDay();
    }
    if (value instanceof LocalTime time) {
      return time.atDate(LocalDate.EPOCH);
    }
    return value instanceof OffsetDateTime moment
        ? moment.atZoneSameInstant(ZoneId.systemDefault()).toLocalDateTime()
        : value;
  }

  private static SQLException cannot(Object value, String type) {
    return SqlErrors.invalidValue(
        "Cannot convert '"
            + value
            + "' of class "
            + value.getClass().getSimpleName()
            + " to "
            + type);
  }

  private static SQLException tooLarge(Object value, String type) {
    return SqlErrors.outOfRange("Value " + value + " is out of range for " + type);
  }
}
