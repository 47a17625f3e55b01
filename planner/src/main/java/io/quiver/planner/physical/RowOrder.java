package io.quiver.planner.physical;

import io.quiver.planner.expression.ValueOrder;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.jspecify.annotations.Nullable;

/** How rows are ordered by some of their columns. */
record RowOrder(List<RelFieldCollation> keys) implements Comparator<@Nullable Object[]> {
  @Override
  public int compare(@Nullable Object[] one, @Nullable Object[] other) {
    for (RelFieldCollation key : keys) {
      int compared = compare(key, one[key.getFieldIndex()], other[key.getFieldIndex()]);
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  private static int compare(RelFieldCollation key, @Nullable Object one, @Nullable Object other) {
    boolean nullsFirst = key.nullDirection == RelFieldCollation.NullDirection.FIRST;
    if (one == null || other == null) {
      return one == other ? 0 : (one == null) == nullsFirst ? -1 : 1;
    }
    int compared = ValueOrder.compare(one, other);
    return key.getDirection().isDescending() ? -compared : compared;
  }
}
