package io.quiver.planner.expression;

import java.math.BigDecimal;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;
import org.jspecify.annotations.Nullable;

/** The value of a literal in the class of its type. */
public final class LiteralValue {
  private LiteralValue() {}

  /** The literal's value; null for NULL. */
  public static @Nullable Object of(RexLiteral literal) {
    if (literal.isNull()) {
      return null;
    }
    Object value = literal.getValue2();
    return switch (literal.getType().getSqlTypeName()) {
      case BOOLEAN -> value;
      case TINYINT, SMALLINT -> number(literal).shortValue();
      case INTEGER -> number(literal).intValue();
      case BIGINT -> number(literal).longValue();
      case REAL -> NumberCast.real(number(literal));
      case FLOAT, DOUBLE -> number(literal).doubleValue();
      case DECIMAL -> number(literal);
      case CHAR, VARCHAR -> literal.getValueAs(String.class);
      case BINARY, VARBINARY -> bytes(literal);
      case DATE, TIME, TIME_WITH_LOCAL_TIME_ZONE -> literal.getValueAs(Integer.class);
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> literal.getValueAs(Long.class);
      case UUID -> literal.getValueAs(java.util.UUID.class);
      case INTERVAL_YEAR,
          INTERVAL_YEAR_MONTH,
          INTERVAL_MONTH,
          INTERVAL_DAY,
          INTERVAL_DAY_HOUR,
          INTERVAL_DAY_MINUTE,
          INTERVAL_DAY_SECOND,
          INTERVAL_HOUR,
          INTERVAL_HOUR_MINUTE,
          INTERVAL_HOUR_SECOND,
          INTERVAL_MINUTE,
          INTERVAL_MINUTE_SECOND,
          INTERVAL_SECOND ->
          number(literal).longValue();
      default -> throw new UnsupportedExpressionException(literal.toString());
    };
  }

  private static BigDecimal number(RexLiteral literal) {
    BigDecimal number = literal.getValueAs(BigDecimal.class);
    if (number == null) {
      throw new UnsupportedExpressionException(literal.toString());
    }
    return number;
  }

  private static byte[] bytes(RexLiteral literal) {
    ByteString bytes = literal.getValueAs(ByteString.class);
    if (bytes == null) {
      throw new UnsupportedExpressionException(literal.toString());
    }
    return bytes.getBytes();
  }
}
