package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.expression.ValueOrder;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.math.BigDecimal;
import java.util.Optional;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of its partition a window function of a row looks at, as the standard defines it.
 *
 * @param isRows whether bounds count rows, not distances of the order's value
 * @param key the order's value, where a bound is a distance of it
 */
record WindowFrame(
    boolean isRows, Bound lower, Bound upper, RexWindowExclusion exclusion, Optional<Key> key) {

  /**
   * Where a frame begins or ends.
   *
   * @param offset how far from the row; empty for the row itself and for no bound
   */
  record Bound(RexWindowBound place, Optional<Evaluator> offset) {}

  /**
   * What rows are ordered by.
   *
   * @param offset the type of distances
   */
  record Key(RelFieldCollation order, RelDataType type, RelDataType offset) {
    @Nullable Object of(@Nullable Object[] row) {
      return row[order.getFieldIndex()];
    }

    /** The value at a distance, upward in the order. */
    Object shifted(Object value, Number by, int sign) {
      int direction = order.getDirection().isDescending() ? -sign : sign;
      if (offset.getSqlTypeName().isYearMonth()) {
        int months = direction * by.intValue();
        return type.getSqlTypeName() == SqlTypeName.DATE
            ? (Object) DateTimeUtils.addMonths(((Number) value).intValue(), months)
            : (Object) DateTimeUtils.addMonths(((Number) value).longValue(), months);
      }
      if (type.getSqlTypeName() == SqlTypeName.DATE) {
        return ((Number) value).longValue()
            + direction * Math.floorDiv(by.longValue(), DateTimeUtils.MILLIS_PER_DAY);
      }
      return value instanceof Double || value instanceof Float || by instanceof Double
          ? (Object) (((Number) value).doubleValue() + direction * by.doubleValue())
          : decimal(value).add(decimal(by).multiply(BigDecimal.valueOf(direction)));
    }

    private static BigDecimal decimal(Object number) {
      return new BigDecimal(number.toString());
    }
  }

  /** The frame of one row: rows from first to last, without those left out. */
  record Extent(int first, int last, int leftOutFrom, int leftOutTo, int kept) {
    boolean has(int i) {
      return i >= first && i <= last && (i == kept || i < leftOutFrom || i > leftOutTo);
    }

    /** Whether it goes from the first row to somewhere, and nothing is left out. */
    boolean isPrefix() {
      return first == 0 && leftOutFrom > leftOutTo;
    }
  }

  Extent of(WindowPartition partition, int i, Execution execution) {
    int first = isRows ? row(lower, i, partition, execution) : lowest(partition, i, execution);
    int last = isRows ? row(upper, i, partition, execution) : highest(partition, i, execution);
    first = Math.max(0, first);
    last = Math.min(partition.size() - 1, last);
    return switch (exclusion) {
      case EXCLUDE_NO_OTHER -> new Extent(first, last, 0, -1, -1);
      case EXCLUDE_CURRENT_ROW -> new Extent(first, last, i, i, -1);
      case EXCLUDE_GROUP ->
          new Extent(first, last, partition.firstPeer(i), partition.lastPeer(i), -1);
      case EXCLUDE_TIES ->
          new Extent(first, last, partition.firstPeer(i), partition.lastPeer(i), i);
    };
  }

  private static int row(Bound bound, int i, WindowPartition partition, Execution execution) {
    if (bound.place().isUnbounded()) {
      return bound.place().isPreceding() ? 0 : partition.size() - 1;
    }
    if (bound.offset().isEmpty()) {
      return i;
    }
    long offset = offset(bound.offset().get(), partition.row(i), execution).longValue();
    long place = bound.place().isPreceding() ? i - offset : i + offset;
    return Math.clamp(place, -1, partition.size());
  }

  private int lowest(WindowPartition partition, int i, Execution execution) {
    Object value = bounding(lower, partition, i, execution);
    if (value == null) {
      return lower.place().isUnbounded() ? 0 : partition.firstPeer(i);
    }
    int low = 0;
    int high = partition.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(partition.row(middle), value) >= 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private int highest(WindowPartition partition, int i, Execution execution) {
    Object value = bounding(upper, partition, i, execution);
    if (value == null) {
      return upper.place().isUnbounded() ? partition.size() - 1 : partition.lastPeer(i);
    }
    int low = 0;
    int high = partition.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(partition.row(middle), value) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low - 1;
  }

  /** The value a bound is at; null where it is the row's peers, as of nulls, or there is none. */
  private @Nullable Object bounding(
      Bound bound, WindowPartition partition, int i, Execution execution) {
    if (bound.offset().isEmpty() || key.isEmpty()) {
      return null;
    }
    @Nullable Object[] row = partition.row(i);
    Object value = key.get().of(row);
    return value == null
        ? null
        : key.get()
            .shifted(
                value,
                offset(bound.offset().get(), row, execution),
                bound.place().isPreceding() ? -1 : 1);
  }

  /** Where a row is to a value that is not null, in the window's order. */
  private int compare(@Nullable Object[] row, Object value) {
    RelFieldCollation order = key.orElseThrow().order();
    Object own = row[order.getFieldIndex()];
    if (own == null) {
      return order.nullDirection == RelFieldCollation.NullDirection.FIRST ? -1 : 1;
    }
    int compared = ValueOrder.compare(own, value);
    return order.getDirection().isDescending() ? -compared : compared;
  }

  private static Number offset(Evaluator offset, @Nullable Object[] row, Execution execution) {
    Object value = offset.evaluate(row, execution.bindings());
    if (!(value instanceof Number number) || number.doubleValue() < 0) {
      throw SqlProblem.of(
              ErrorCode.FUNCTION_ARGUMENT_INVALID,
              "a window frame begins or ends " + value + " rows or values away",
              "give a number of at least 0.")
          .asException();
    }
    return number;
  }
}
