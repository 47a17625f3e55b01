package io.quiver.planner.columnar;

import io.quiver.engine.search.ColumnScan;
import java.util.Arrays;

/** How many rows a group has, or how many values of a column, or how many different ones. */
public abstract sealed class GroupedCount implements GroupedFunction {
  private long[] counts = new long[16];

  private GroupedCount() {}

  /** Of rows. */
  public static GroupedCount ofRows() {
    return new Rows();
  }

  /** Of the rows that have a value in a column. */
  public static GroupedCount ofValues(int column) {
    return new Present(column);
  }

  /** Of the different values of a column. */
  public static GroupedCount ofDistinct(ColumnIds values) {
    return new Distinct(values);
  }

  @Override
  public final void add(ColumnScan scan, int[] groups, int size) {
    if (counts.length < size) {
      counts = Arrays.copyOf(counts, Math.max(size, 2 * counts.length));
    }
    count(scan, groups, counts);
  }

  abstract void count(ColumnScan scan, int[] groups, long[] into);

  @Override
  public final Object value(int group) {
    return group < counts.length ? counts[group] : 0L;
  }

  private static final class Rows extends GroupedCount {
    @Override
    void count(ColumnScan scan, int[] groups, long[] into) {
      for (int i = 0; i < scan.count(); i++) {
        into[groups[i]]++;
      }
    }
  }

  private static final class Present extends GroupedCount {
    private final int column;
    private boolean[] absent = new boolean[0];

    Present(int column) {
      this.column = column;
    }

    @Override
    void count(ColumnScan scan, int[] groups, long[] into) {
      absent = Room.booleans(absent, scan.count());
      boolean some = scan.nulls(column, absent);
      for (int i = 0; i < scan.count(); i++) {
        if (!some || !absent[i]) {
          into[groups[i]]++;
        }
      }
    }
  }

  private static final class Distinct extends GroupedCount {
    private final ColumnIds values;
    private final LongIds pairs = new LongIds();
    private int[] ids = new int[0];

    Distinct(ColumnIds values) {
      this.values = values;
    }

    @Override
    void count(ColumnScan scan, int[] groups, long[] into) {
      ids = Room.ints(ids, scan.count());
      values.read(scan, ids);
      int nullId = values.nullId();
      for (int i = 0; i < scan.count(); i++) {
        if (ids[i] != nullId) {
          int known = pairs.size();
          if (pairs.id((long) groups[i] << 32 | ids[i]) == known) {
            into[groups[i]]++;
          }
        }
      }
    }
  }
}
