package io.quiver.planner.physical;

import io.quiver.planner.expression.ValueOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an IN, as SQL asks for membership: unknown where only nulls stand between the values
 * and a row.
 *
 * @param whole rows without nulls, by key
 * @param compared rows that are compared one by one
 * @param all every row
 */
record RowSet(Set<Object> whole, List<@Nullable Object[]> compared, List<@Nullable Object[]> all) {

  /**
   * @param hashed whether equal values have equal keys
   */
  static RowSet of(List<@Nullable Object[]> rows, boolean hashed) {
    Set<Object> whole = new HashSet<>();
    List<@Nullable Object[]> compared = new ArrayList<>();
    for (@Nullable Object[] row : rows) {
      if (hashed && !hasNull(row)) {
        whole.add(GroupKey.of(row));
      } else if (row.length > 1 || compared.isEmpty() || !hashed) {
        compared.add(row);
      }
    }
    return new RowSet(whole, compared, rows);
  }

  private static boolean hasNull(@Nullable Object[] row) {
    for (Object value : row) {
      if (value == null) {
        return true;
      }
    }
    return false;
  }

  /** Whether the values are one of the rows; null for unknown. */
  @Nullable Boolean contains(@Nullable Object[] values) {
    boolean partly = hasNull(values);
    if (partly && values.length == 1) {
      return null;
    }
    if (!partly && !whole.isEmpty() && whole.contains(GroupKey.of(values))) {
      return true;
    }
    boolean unknown = false;
    for (@Nullable Object[] row : partly ? all : compared) {
      Boolean equal = equal(values, row);
      if (Boolean.TRUE.equals(equal)) {
        return true;
      }
      unknown |= equal == null;
    }
    return unknown ? null : false;
  }

  private static @Nullable Boolean equal(@Nullable Object[] values, @Nullable Object[] row) {
    boolean unknown = false;
    for (int i = 0; i < values.length; i++) {
      Object one = values[i];
      Object other = row[i];
      if (one == null || other == null) {
        unknown = true;
      } else if (ValueOrder.compare(one, other) != 0) {
        return false;
      }
    }
    return unknown ? null : true;
  }
}
