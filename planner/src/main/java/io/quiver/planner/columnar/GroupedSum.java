package io.quiver.planner.columnar;

import io.quiver.engine.search.ColumnScan;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sums of a column of numbers by group. */
public abstract sealed class GroupedSum implements GroupedFunction {
  final int column;
  private final boolean zero;
  private boolean[] absent = new boolean[0];
  private boolean[] any = new boolean[16];

  private GroupedSum(int column, boolean zero) {
    this.column = column;
    this.zero = zero;
  }

  /**
   * Of whole numbers, as a BIGINT: {@link ArithmeticException} where it does not fit.
   *
   * @param zero whether the sum of nothing is 0, not null
   */
  public static GroupedSum ofLongs(int column, boolean zero) {
    return new Longs(column, zero, false);
  }

  /** Of whole numbers, as a DECIMAL of any size. */
  public static GroupedSum ofLongsAsDecimal(int column, boolean zero) {
    return new Longs(column, zero, true);
  }

  /** Of floating-point numbers, as a DOUBLE. */
  public static GroupedSum ofDoubles(int column, boolean zero) {
    return new Doubles(column, zero);
  }

  @Override
  public final void add(ColumnScan scan, int[] groups, int size) {
    if (any.length < size) {
      any = Arrays.copyOf(any, Math.max(size, 2 * any.length));
    }
    grow(any.length);
    absent = Room.booleans(absent, scan.count());
    boolean some = scan.nulls(column, absent);
    for (int i = 0; i < scan.count(); i++) {
      if (!some || !absent[i]) {
        any[groups[i]] = true;
      }
    }
    sum(scan, groups);
  }

  abstract void grow(int groups);

  /** Adds up a batch; an absent value reads as 0. */
  abstract void sum(ColumnScan scan, int[] groups);

  abstract Object sum(int group);

  @Override
  public final @Nullable Object value(int group) {
    grow(group + 1);
    return zero || group < any.length && any[group] ? sum(group) : null;
  }

  private static final class Longs extends GroupedSum {
    private final boolean decimal;
    private long[] read = new long[0];
    private long[] sums = new long[16];

    /** What sums that became too large for a long were then; null while there is none. */
    private @Nullable BigDecimal @Nullable [] carried;

    Longs(int column, boolean zero, boolean decimal) {
      super(column, zero);
      this.decimal = decimal;
    }

    @Override
    void grow(int groups) {
      if (sums.length < groups) {
        sums = Arrays.copyOf(sums, groups);
        if (carried != null) {
          carried = Arrays.copyOf(carried, groups);
        }
      }
    }

    @Override
    void sum(ColumnScan scan, int[] groups) {
      read = Room.longs(read, scan.count());
      scan.longs(column, read);
      for (int i = 0; i < scan.count(); i++) {
        int group = groups[i];
        long value = read[i];
        long before = sums[group];
        long sum = before + value;
        if (((before ^ sum) & (value ^ sum)) < 0) {
          sum = carry(group, before, value);
        }
        sums[group] = sum;
      }
    }

    private long carry(int group, long before, long value) {
      if (!decimal) {
        return Math.addExact(before, value);
      }
      @Nullable BigDecimal[] all = carried == null ? new BigDecimal[sums.length] : carried;
      BigDecimal known = all[group] == null ? BigDecimal.ZERO : all[group];
      all[group] = known.add(BigDecimal.valueOf(before));
      carried = all;
      return value;
    }

    @Override
    Object sum(int group) {
      if (!decimal) {
        return sums[group];
      }
      BigDecimal sum = BigDecimal.valueOf(sums[group]);
      BigDecimal known = carried == null ? null : carried[group];
      return known == null ? sum : known.add(sum);
    }
  }

  private static final class Doubles extends GroupedSum {
    private double[] read = new double[0];
    private double[] sums = new double[16];

    Doubles(int column, boolean zero) {
      super(column, zero);
    }

    @Override
    void grow(int groups) {
      if (sums.length < groups) {
        sums = Arrays.copyOf(sums, groups);
      }
    }

    @Override
    void sum(ColumnScan scan, int[] groups) {
      read = Room.doubles(read, scan.count());
      scan.doubles(column, read);
      for (int i = 0; i < scan.count(); i++) {
        sums[groups[i]] += read[i];
      }
    }

    @Override
    Object sum(int group) {
      return sums[group];
    }
  }
}
