package io.quiver.planner.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;

/**
 * A value in a form whose {@code equals} is SQL's: 1, 1.0 and 1.00 are one, arrays go by content.
 */
public final class ValueKey {
  /** Of a number that may fit a long. */
  private static final int MOST_DIGITS = 19;

  private ValueKey() {}

  public static Object of(Object value) {
    return switch (value) {
      case Integer i -> i.longValue();
      case Short s -> s.longValue();
      case Float f -> number(f.doubleValue());
      case Double d -> number(d);
      case BigDecimal decimal -> number(decimal);
      case byte[] bytes -> new ByteString(bytes);
      case float[] vector -> List.of("v", Arrays.hashCode(vector), Arrays.toString(vector));
      case float[][] rows -> Arrays.deepToString(rows);
      case Collection<?> many -> {
        List<Object> keys = new ArrayList<>();
        many.forEach(each -> keys.add(each == null ? "null" : of(each)));
        yield keys;
      }
      default -> value;
    };
  }

  /** A whole number that fits is a long; what a double holds exactly is a double otherwise. */
  private static Object number(double value) {
    boolean whole = value == Math.rint(value) && value >= -0x1p63 && value < 0x1p63;
    return whole ? (Object) (long) value : value;
  }

  private static Object number(BigDecimal value) {
    BigDecimal plain = value.stripTrailingZeros();
    if (plain.scale() <= 0
        && plain.precision() - plain.scale() <= MOST_DIGITS
        && plain.toBigInteger().bitLength() < Long.SIZE) {
      return plain.longValue();
    }
    double nearest = plain.doubleValue();
    boolean exact = !Double.isInfinite(nearest) && new BigDecimal(nearest).compareTo(plain) == 0;
    return exact ? (Object) nearest : plain;
  }
}
