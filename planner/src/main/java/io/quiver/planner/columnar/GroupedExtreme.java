package io.quiver.planner.columnar;

import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.ColumnScan;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.catalog.SqlColumnType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The least or the largest whole number of a column by group; dates and times are such. */
public final class GroupedExtreme implements GroupedFunction {
  private final int column;
  private final ScalarKind kind;
  private final SqlColumnType type;
  private final boolean largest;
  private boolean[] absent = new boolean[0];
  private long[] read = new long[0];
  private long[] best = new long[16];
  private boolean[] any = new boolean[16];

  /**
   * @param kind BOOLEAN, INT32 or INT64
   */
  public GroupedExtreme(int column, ScalarKind kind, SqlColumnType type, boolean largest) {
    this.column = column;
    this.kind = kind;
    this.type = type;
    this.largest = largest;
  }

  @Override
  public void add(ColumnScan scan, int[] groups, int size) {
    if (best.length < size) {
      best = Arrays.copyOf(best, Math.max(size, 2 * best.length));
      any = Arrays.copyOf(any, best.length);
    }
    absent = Room.booleans(absent, scan.count());
    read = Room.longs(read, scan.count());
    boolean some = scan.nulls(column, absent);
    scan.longs(column, read);
    for (int i = 0; i < scan.count(); i++) {
      int group = groups[i];
      if (some && absent[i]) {
        continue;
      }
      boolean better = largest ? read[i] > best[group] : read[i] < best[group];
      if (better || !any[group]) {
        best[group] = read[i];
        any[group] = true;
      }
    }
  }

  @Override
  public @Nullable Object value(int group) {
    if (group >= any.length || !any[group]) {
      return null;
    }
    long value = best[group];
    return ColumnValue.toRow(
        switch (kind) {
          case BOOLEAN -> value != 0;
          case INT32 -> (Object) (int) value;
          default -> value;
        },
        type);
  }
}
