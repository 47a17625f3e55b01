package io.quiver.planner.columnar;

import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.ColumnScan;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The first few rows of a scan in an order by columns of numbers, dates and times. Of equal rows
 * those that came first. For one thread.
 */
public final class TopRows {
  private final List<Key> keys;
  private final int wanted;
  private final PriorityQueue<Row> worstFirst;
  private final long[][] read;
  private final boolean[][] absent;
  private double[] reals = new double[0];
  private long number;

  /**
   * A column that is ordered by.
   *
   * @param column its ordinal in the engine
   * @param kind one for which {@link #isOrdered} holds
   */
  public record Key(int column, ScalarKind kind, boolean descending, boolean nullsFirst) {
    private boolean isReal() {
      return kind == ScalarKind.FLOAT32 || kind == ScalarKind.FLOAT64;
    }
  }

  /**
   * A row that may be among the first.
   *
   * @param keys less is earlier
   * @param places of the keys: 0 for a value, else -1 or 1 for a null before or after all values
   */
  private record Row(long[] keys, byte[] places, long number, long name) {
    int compareKeys(Row other) {
      for (int key = 0; key < keys.length; key++) {
        int compared =
            places[key] != other.places[key]
                ? Byte.compare(places[key], other.places[key])
                : Long.compare(keys[key], other.keys[key]);
        if (compared != 0) {
          return compared;
        }
      }
      return 0;
    }
  }

  /**
   * @param wanted how many rows, at least 1
   */
  public TopRows(List<Key> keys, int wanted) {
    this.keys = List.copyOf(keys);
    this.wanted = wanted;
    Comparator<Row> order = Row::compareKeys;
    this.worstFirst = new PriorityQueue<>(order.thenComparingLong(Row::number).reversed());
    this.read = new long[keys.size()][0];
    this.absent = new boolean[keys.size()][0];
  }

  /** Whether columns of this kind can be ordered by here. */
  public static boolean isOrdered(ScalarKind kind) {
    return switch (kind) {
      case BOOLEAN, INT32, INT64, FLOAT32, FLOAT64 -> true;
      case STRING, DECIMAL, UUID, BINARY -> false;
    };
  }

  /** Takes a batch of rows into account. */
  public void add(ColumnScan scan) {
    boolean[] some = new boolean[keys.size()];
    read(scan, 0, some);
    boolean others = false;
    long[] first = read[0];
    for (int i = 0; i < scan.count(); i++, number++) {
      Row worst = worstFirst.size() < wanted ? null : worstFirst.peek();
      if (worst != null
          && first[i] > worst.keys[0]
          && worst.places[0] == 0
          && !(some[0] && absent[0][i])) {
        continue;
      }
      if (!others) {
        for (int key = 1; key < keys.size(); key++) {
          read(scan, key, some);
        }
        others = true;
      }
      Row row = row(scan, i, some);
      // A later row is not before an equal one.
      if (worst == null) {
        worstFirst.add(row);
      } else if (row.compareKeys(worst) < 0) {
        worstFirst.remove();
        worstFirst.add(row);
      }
    }
  }

  private Row row(ColumnScan scan, int i, boolean[] some) {
    long[] values = new long[keys.size()];
    byte[] places = new byte[values.length];
    for (int key = 0; key < values.length; key++) {
      if (some[key] && absent[key][i]) {
        places[key] = (byte) (keys.get(key).nullsFirst() ? -1 : 1);
      } else {
        values[key] = read[key][i];
      }
    }
    return new Row(values, places, number, scan.name(i));
  }

  /** Reads a key's column as longs that are less for what comes earlier. */
  private void read(ColumnScan scan, int key, boolean[] some) {
    Key column = keys.get(key);
    long[] into = Room.longs(read[key], scan.count());
    read[key] = into;
    absent[key] = Room.booleans(absent[key], scan.count());
    some[key] = scan.nulls(column.column(), absent[key]);
    if (column.isReal()) {
      reals = Room.doubles(reals, scan.count());
      scan.doubles(column.column(), reals);
      for (int i = 0; i < scan.count(); i++) {
        // Zeros are equal whatever their sign.
        long bits = Double.doubleToLongBits(reals[i] + 0.0);
        into[i] = bits ^ (bits >> 63 & Long.MAX_VALUE);
      }
    } else {
      scan.longs(column.column(), into);
    }
    if (column.descending()) {
      for (int i = 0; i < scan.count(); i++) {
        into[i] = ~into[i];
      }
    }
  }

  /** Names of the rows, in the order in which they came. */
  public long[] names() {
    return worstFirst.stream()
        .sorted(Comparator.comparingLong(Row::number))
        .mapToLong(Row::name)
        .toArray();
  }
}
