package io.quiver.planner.physical;

import java.util.List;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** What a window function gives for each row of a partition. */
interface WindowFunction {
  /** The values, in the order of the partition's rows. */
  @Nullable Object[] values(WindowPartition partition, WindowFrame frame, Execution execution);

  /** Whether {@link #of} knows a function over rows of these types. */
  static boolean knows(AggregateCall call, List<RelDataType> types) {
    return switch (call.getAggregation().getKind()) {
      case ROW_NUMBER, RANK, DENSE_RANK, NTILE, LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE ->
          true;
      default -> Accumulator.knows(call, types);
    };
  }

  /** A function that is known. */
  static WindowFunction of(AggregateCall call) {
    List<Integer> fields = call.getArgList();
    RelDataType type = call.getType();
    SqlKind kind = call.getAggregation().getKind();
    return switch (kind) {
      case ROW_NUMBER -> (OfRow) (partition, frame, execution, i) -> whole(i + 1, type);
      case RANK ->
          (OfRow) (partition, frame, execution, i) -> whole(partition.firstPeer(i) + 1, type);
      case DENSE_RANK -> new DenseRank(type);
      case NTILE -> new Buckets(type, fields.getFirst());
      case LAG -> new Neighbour("LAG", fields, -1, call.ignoreNulls());
      case LEAD -> new Neighbour("LEAD", fields, 1, call.ignoreNulls());
      case FIRST_VALUE, LAST_VALUE, NTH_VALUE ->
          new OfFrame(fields, kind == SqlKind.LAST_VALUE, call.ignoreNulls());
      default -> new Aggregated(call);
    };
  }

  /** A function whose value for a row does not depend on those for rows before it. */
  interface OfRow extends WindowFunction {
    @Nullable Object value(
        WindowPartition partition, WindowFrame frame, Execution execution, int i);

    @Override
    default @Nullable Object[] values(
        WindowPartition partition, WindowFrame frame, Execution execution) {
      @Nullable Object[] values = new Object[partition.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(partition, frame, execution, i);
      }
      return values;
    }
  }

  private static Object whole(long value, RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.INTEGER
        ? (Object) Math.toIntExact(value)
        : (Object) value;
  }

  /** How many different values of the order there are up to a row's. */
  record DenseRank(RelDataType type) implements WindowFunction {
    @Override
    public @Nullable Object[] values(
        WindowPartition partition, WindowFrame frame, Execution execution) {
      @Nullable Object[] values = new Object[partition.size()];
      long rank = 0;
      for (int i = 0; i < values.length; i++) {
        rank += partition.firstPeer(i) == i ? 1 : 0;
        values[i] = whole(rank, type);
      }
      return values;
    }
  }

  /** NTILE: as many rows in each bucket, one more in the first ones where they do not come out. */
  record Buckets(RelDataType type, int field) implements OfRow {
    @Override
    public Object value(WindowPartition partition, WindowFrame frame, Execution execution, int i) {
      Object given = partition.row(i)[field];
      long buckets = given == null ? 0 : RowCount.number(given, "NTILE");
      if (buckets < 1) {
        throw RowCount.tooSmall("NTILE", buckets);
      }
      long size = partition.size();
      long small = size / buckets;
      long inLarge = size % buckets * (small + 1);
      return whole(
          i < inLarge ? i / (small + 1) + 1 : size % buckets + (i - inLarge) / small + 1, type);
    }
  }

  /**
   * A row so many before or after.
   *
   * @param fields of the value, how many, and what there is where there is no such row
   */
  record Neighbour(String name, List<Integer> fields, int direction, boolean ignoreNulls)
      implements OfRow {
    @Override
    public @Nullable Object value(
        WindowPartition partition, WindowFrame frame, Execution execution, int i) {
      @Nullable Object[] row = partition.row(i);
      Object count = fields.size() > 1 ? row[fields.get(1)] : (Integer) 1;
      if (count == null) {
        return null;
      }
      long away = direction * RowCount.number(count, "the distance of " + name);
      long place = ignoreNulls ? withValue(partition, i, away) : i + away;
      if (place >= 0 && place < partition.size()) {
        return partition.row((int) place)[fields.getFirst()];
      }
      return fields.size() > 2 ? row[fields.get(2)] : null;
    }

    /** The row so many rows away that have a value. */
    private long withValue(WindowPartition partition, int from, long away) {
      int step = Long.signum(away);
      long left = Math.abs(away);
      long place = from;
      while (left > 0) {
        place += step;
        if (place < 0 || place >= partition.size()) {
          return -1;
        }
        left -= partition.row((int) place)[fields.getFirst()] == null ? 0 : 1;
      }
      return place;
    }
  }

  /** The first, the last or the n-th row of the frame. */
  record OfFrame(List<Integer> fields, boolean fromLast, boolean ignoreNulls) implements OfRow {
    @Override
    public @Nullable Object value(
        WindowPartition partition, WindowFrame frame, Execution execution, int i) {
      Object wanted = fields.size() > 1 ? partition.row(i)[fields.get(1)] : (Integer) 1;
      if (wanted == null) {
        return null;
      }
      long left = RowCount.number(wanted, "NTH_VALUE");
      if (left < 1) {
        throw RowCount.tooSmall("NTH_VALUE", left);
      }
      WindowFrame.Extent extent = frame.of(partition, i, execution);
      int step = fromLast ? -1 : 1;
      int from = fromLast ? extent.last() : extent.first();
      for (int at = from; at >= extent.first() && at <= extent.last(); at += step) {
        Object value = partition.row(at)[fields.getFirst()];
        if (extent.has(at) && !(ignoreNulls && value == null) && --left == 0) {
          return value;
        }
      }
      return null;
    }
  }

  /** An aggregate function over the rows of the frame. */
  record Aggregated(AggregateCall call) implements WindowFunction {
    private static final int STOP_EVERY = 64;

    @Override
    public @Nullable Object[] values(
        WindowPartition partition, WindowFrame frame, Execution execution) {
      @Nullable Object[] values = new Object[partition.size()];
      Accumulator growing = Accumulator.of(call, ImmutableBitSet.of());
      int taken = 0;
      for (int i = 0; i < values.length; i++) {
        WindowFrame.Extent extent = frame.of(partition, i, execution);
        if (extent.isPrefix() && extent.last() + 1 >= taken) {
          boolean same = i > 0 && taken > 0 && taken == extent.last() + 1;
          for (; taken <= extent.last(); taken++) {
            growing.add(partition.row(taken));
          }
          values[i] = same && !Accumulator.keepsRows(call) ? values[i - 1] : growing.value();
        } else {
          values[i] = alone(partition, extent);
        }
        if (i % STOP_EVERY == 0) {
          execution.bindings().stop().check();
        }
      }
      return values;
    }

    private @Nullable Object alone(WindowPartition partition, WindowFrame.Extent extent) {
      Accumulator function = Accumulator.of(call, ImmutableBitSet.of());
      for (int at = extent.first(); at <= extent.last(); at++) {
        if (extent.has(at)) {
          function.add(partition.row(at));
        }
      }
      return function.value();
    }
  }
}
