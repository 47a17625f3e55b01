package io.quiver.planner.expression;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How values of one SQL type compare, numbers of different classes included. */
public final class ValueOrder {
  private ValueOrder() {}

  /** Negative, zero or positive as {@code one} is less than, equal to or greater than the other. */
  public static int compare(Object one, Object other) {
    if (one instanceof Number a && other instanceof Number b) {
      return compareNumbers(a, b);
    }
    if (one instanceof String a && other instanceof String b) {
      return compareText(a, b);
    }
    if (one instanceof java.util.UUID a && other instanceof java.util.UUID b) {
      int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
      return high != 0
          ? high
          : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
    if (one instanceof byte[] a && other instanceof byte[] b) {
      return Arrays.compareUnsigned(a, b);
    }
    if (one instanceof float[] a && other instanceof float[] b) {
      return Arrays.compare(a, b);
    }
    if (one instanceof List<?> a && other instanceof List<?> b) {
      return compareLists(a, b);
    }
    return compareOthers(one, other);
  }

  /** Whether two values are the same: both null, or equal. */
  public static boolean same(@Nullable Object one, @Nullable Object other) {
    return one == null || other == null ? one == other : compare(one, other) == 0;
  }

  private static int compareNumbers(Number a, Number b) {
    if (isWhole(a) && isWhole(b)) {
      return Long.compare(a.longValue(), b.longValue());
    }
    if (isBinary(a) || isBinary(b)) {
      return Double.compare(a.doubleValue() + 0.0, b.doubleValue() + 0.0);
    }
    return decimal(a).compareTo(decimal(b));
  }

  private static boolean isWhole(Number number) {
    return number instanceof Integer || number instanceof Long || number instanceof Short;
  }

  private static boolean isBinary(Number number) {
    return number instanceof Double || number instanceof Float;
  }

  static BigDecimal decimal(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case Double d -> BigDecimal.valueOf(d);
      case Float f -> new BigDecimal(f.toString());
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  /** By code point, as the engine orders UTF-8; {@code String.compareTo} differs above U+FFFF. */
  private static int compareText(String a, String b) {
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean bothSurrogates = Character.isSurrogate(x) == Character.isSurrogate(y);
        return bothSurrogates ? Character.compare(x, y) : Character.isSurrogate(x) ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  private static int compareLists(List<?> a, List<?> b) {
    Iterator<?> one = a.iterator();
    Iterator<?> other = b.iterator();
    while (one.hasNext() && other.hasNext()) {
      Object x = one.next();
      Object y = other.next();
      if (x == null || y == null) {
        if (x != y) {
          return x == null ? -1 : 1;
        }
      } else {
        int compared = compare(x, y);
        if (compared != 0) {
          return compared;
        }
      }
    }
    return Boolean.compare(one.hasNext(), other.hasNext());
  }

  @SuppressWarnings("unchecked")
  private static int compareOthers(Object one, Object other) {
    if (one instanceof Comparable<?> comparable && one.getClass() == other.getClass()) {
      return ((Comparable<Object>) comparable).compareTo(other);
    }
    throw new IllegalArgumentException(
        "Cannot compare " + one.getClass().getSimpleName() + " with " + other.getClass());
  }
}
