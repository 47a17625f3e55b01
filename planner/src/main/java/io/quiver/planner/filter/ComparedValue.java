package io.quiver.planner.filter;

import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowFilter.Comparison;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A comparison of a column with a value of perhaps another numeric type, made into one the column
 * can be asked, with the same answer for every row: {@code year > 2019.5} is {@code year > 2019}
 * for whole years.
 */
final class ComparedValue {
  private ComparedValue() {}

  /** The comparison, or empty where the value is of a kind the column cannot be compared with. */
  static Optional<RowFilter> compare(
      int column, SqlColumnType type, Comparison comparison, Object value) {
    if (!(type instanceof SqlColumnType.Scalar scalar)) {
      return Optional.empty();
    }
    ScalarType kind = scalar.type();
    return switch (kind) {
      case SMALLINT, INTEGER, DATE, TIME ->
          number(value)
              .map(n -> whole(column, comparison, n, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case BIGINT, TIMESTAMP, TIMESTAMP_TZ ->
          number(value).map(n -> whole(column, comparison, n, Long.MIN_VALUE, Long.MAX_VALUE));
      case REAL -> number(value).map(n -> real(column, comparison, n));
      case DOUBLE ->
          number(value).map(n -> new RowFilter.Compare(column, comparison, n.doubleValue()));
      case DECIMAL ->
          number(value)
              .filter(ComparedValue::isFinite)
              .map(n -> new RowFilter.Compare(column, comparison, decimal(n)));
      case BOOLEAN, VARCHAR, JSON, UUID, VARBINARY ->
          kind.kind().valueClass().isInstance(value)
              ? Optional.of(new RowFilter.Compare(column, comparison, value))
              : Optional.empty();
    };
  }

  private static Optional<Number> number(Object value) {
    return value instanceof Number number ? Optional.of(number) : Optional.empty();
  }

  private static boolean isFinite(Number number) {
    return !(number instanceof Double || number instanceof Float)
        || Double.isFinite(number.doubleValue());
  }

  private static BigDecimal decimal(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case Double d -> new BigDecimal(d);
      case Float f -> new BigDecimal(f);
      default -> BigDecimal.valueOf(number.longValue());
    };
  }

  private static RowFilter whole(
      int column, Comparison comparison, Number value, long low, long high) {
    if (!isFinite(value)) {
      double number = value.doubleValue();
      return Double.isNaN(number)
          ? new RowFilter.Nothing()
          : beyond(column, comparison, number > 0);
    }
    BigDecimal exact = decimal(value);
    if (exact.compareTo(BigDecimal.valueOf(high)) > 0) {
      return beyond(column, comparison, true);
    }
    if (exact.compareTo(BigDecimal.valueOf(low)) < 0) {
      return beyond(column, comparison, false);
    }
    BigDecimal floor = exact.setScale(0, RoundingMode.FLOOR);
    long bound = floor.longValueExact();
    Object asked = low == Integer.MIN_VALUE ? (Object) (int) bound : (Object) bound;
    if (floor.compareTo(exact) == 0) {
      return new RowFilter.Compare(column, comparison, asked);
    }
    return between(column, comparison, asked);
  }

  /** The value lies between {@code below} and the next value the column can hold. */
  private static RowFilter between(int column, Comparison comparison, Object below) {
    return switch (comparison) {
      case EQUAL -> new RowFilter.Nothing();
      case NOT_EQUAL -> new RowFilter.IsNull(column, true);
      case LESS, LESS_OR_EQUAL -> new RowFilter.Compare(column, Comparison.LESS_OR_EQUAL, below);
      case GREATER, GREATER_OR_EQUAL -> new RowFilter.Compare(column, Comparison.GREATER, below);
    };
  }

  /** The value is above (or below) everything the column can hold. */
  private static RowFilter beyond(int column, Comparison comparison, boolean above) {
    boolean holds =
        switch (comparison) {
          case EQUAL -> false;
          case NOT_EQUAL -> true;
          case LESS, LESS_OR_EQUAL -> above;
          case GREATER, GREATER_OR_EQUAL -> !above;
        };
    return holds ? new RowFilter.IsNull(column, true) : new RowFilter.Nothing();
  }

  private static RowFilter real(int column, Comparison comparison, Number value) {
    double exact = value.doubleValue();
    float nearest = (float) exact;
    if (nearest == exact || Double.isNaN(exact)) {
      return new RowFilter.Compare(column, comparison, nearest);
    }
    return between(column, comparison, nearest > exact ? Math.nextDown(nearest) : nearest);
  }
}
