package io.quiver.engine.filter;

import io.quiver.engine.column.Dictionary;
import io.quiver.engine.column.ScalarCodec;
import io.quiver.engine.column.SortableDouble;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * Where a value cuts the keys of a column in two: the keys below it and those up to it.
 *
 * @param below keys of values less than the value
 * @param upTo keys of values less or equal
 */
record KeyCut(Prefix below, Prefix upTo) {
  private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger GREATEST = BigInteger.valueOf(Long.MAX_VALUE);

  /** All keys up to one, or no key. */
  record Prefix(boolean isEmpty, long last) {
    static final Prefix NONE = new Prefix(true, Long.MIN_VALUE);

    static Prefix upTo(long last) {
      return new Prefix(false, last);
    }

    static Prefix below(long key) {
      return key == Long.MIN_VALUE ? NONE : upTo(key - 1);
    }
  }

  /** Cuts a column's keys at a value of its value class. */
  static KeyCut of(Keys keys, Object value) {
    ScalarKind kind = ((ColumnType.Scalar) keys.column().type()).kind();
    return switch (keys) {
      case Keys.OfLongs longs -> at(ScalarCodec.toLong(kind, value));
      case Keys.OfDoubles doubles -> at(SortableDouble.of(((Number) value).doubleValue()));
      case Keys.OfCodes codes -> {
        Dictionary dictionary = Objects.requireNonNull(codes.column().dictionary());
        int code = dictionary.ceiling(ScalarCodec.toSegment(kind, value));
        boolean found = dictionary.find(ScalarCodec.toSegment(kind, value)) >= 0;
        Prefix below = code == 0 ? Prefix.NONE : Prefix.upTo(code - 1L);
        yield new KeyCut(below, found ? Prefix.upTo(code) : below);
      }
      case Keys.OfDecimals decimals ->
          ofDecimal((BigDecimal) value, decimals.column().commonScale());
    };
  }

  private static KeyCut at(long key) {
    return new KeyCut(Prefix.below(key), Prefix.upTo(key));
  }

  /** Cuts unscaled decimals of one scale, from 0. */
  static KeyCut ofDecimal(BigDecimal value, int scale) {
    // Digits before the point; without this check a scale of a billion would be written out.
    long magnitude = (long) value.precision() - value.scale();
    BigInteger floor;
    boolean exact;
    if (magnitude > 20) {
      floor = value.signum() > 0 ? GREATEST.add(BigInteger.ONE) : LEAST.subtract(BigInteger.ONE);
      exact = false;
    } else if (value.signum() != 0 && magnitude < -scale) {
      floor = value.signum() > 0 ? BigInteger.ZERO : BigInteger.ONE.negate();
      exact = false;
    } else {
      BigDecimal rounded = value.setScale(scale, RoundingMode.FLOOR);
      floor = rounded.unscaledValue();
      exact = rounded.compareTo(value) == 0;
    }
    Prefix upTo = prefix(floor);
    return new KeyCut(exact ? prefix(floor.subtract(BigInteger.ONE)) : upTo, upTo);
  }

  private static Prefix prefix(BigInteger last) {
    return last.compareTo(LEAST) < 0 ? Prefix.NONE : Prefix.upTo(last.min(GREATEST).longValue());
  }

  /** How a key compares with the value. */
  int compare(long key) {
    if (upTo.isEmpty || key > upTo.last) {
      return 1;
    }
    return below.isEmpty || key > below.last ? 0 : -1;
  }

  /** Whether some key is exactly the value's. */
  boolean isExact() {
    return !upTo.isEmpty && (below.isEmpty || below.last < upTo.last);
  }
}
