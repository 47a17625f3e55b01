package io.quiver.planner.physical;

import io.quiver.engine.schema.ScalarKind;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers in the class of a column, where that loses nothing. */
final class ExactNumber {
  private ExactNumber() {}

  /**
   * A number in the class of a column, if that loses nothing.
   *
   * @return null where the column's class cannot hold it exactly
   */
  static @Nullable Object of(ScalarKind kind, Number number) {
    try {
      return switch (kind) {
        case INT32 -> decimal(number).intValueExact();
        case INT64 -> decimal(number).longValueExact();
        case FLOAT64 -> number.doubleValue();
        case FLOAT32 ->
            (double) number.floatValue() == number.doubleValue() ? number.floatValue() : null;
        case DECIMAL -> decimal(number);
        case BOOLEAN, STRING, UUID, BINARY -> null;
      };
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  static BigDecimal decimal(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case Double d -> new BigDecimal(d);
      case Float f -> new BigDecimal(f);
      default -> BigDecimal.valueOf(number.longValue());
    };
  }
}
