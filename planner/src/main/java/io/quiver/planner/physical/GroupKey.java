package io.quiver.planner.physical;

import io.quiver.planner.expression.ValueKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values of some fields of a row, equal where SQL groups them together: nulls are one. */
final class GroupKey {
  private static final Object NULL = new Object();

  private final Object[] values;
  private final int hash;

  private GroupKey(Object[] values) {
    this.values = values;
    this.hash = Arrays.hashCode(values);
  }

  /** The key of a row; a single value is its own key. */
  static Object of(@Nullable Object[] row, int[] fields) {
    if (fields.length == 1) {
      return value(row[fields[0]]);
    }
    Object[] values = new Object[fields.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(row[fields[i]]);
    }
    return new GroupKey(values);
  }

  /** The key of all values. */
  static Object of(@Nullable Object[] all) {
    if (all.length == 1) {
      return value(all[0]);
    }
    Object[] values = new Object[all.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(all[i]);
    }
    return new GroupKey(values);
  }

  private static Object value(@Nullable Object value) {
    return value == null ? NULL : ValueKey.of(value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof GroupKey key && key.hash == hash && Arrays.equals(key.values, values);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
