package io.quiver.planner.physical;

import io.quiver.planner.expression.ValueOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** One aggregate function over the rows of one group. For one thread. */
abstract class Accumulator {
  /** Takes one row into account. */
  abstract void add(@Nullable Object[] row);

  /** The function's value over all rows so far, in the class of its type. */
  abstract @Nullable Object value();

  /** Whether this class knows all functions of an aggregate. */
  static boolean knowsAll(Aggregate aggregate) {
    List<RelDataType> types =
        aggregate.getInput().getRowType().getFieldList().stream()
            .map(RelDataTypeField::getType)
            .toList();
    return aggregate.getAggCallList().stream().allMatch(call -> knows(call, types));
  }

  /**
   * Whether this class knows a function.
   *
   * @param types of the fields of its rows
   */
  static boolean knows(AggregateCall call, List<RelDataType> types) {
    if (call.ignoreNulls() || call.distinctKeys != null) {
      return false;
    }
    return switch (call.getAggregation().getKind()) {
      case COUNT, LISTAGG, ARRAY_AGG, GROUPING, GROUPING_ID -> true;
      case SUM, SUM0 -> Sum.takes(argument(call, types)) && Sum.takes(call.getType());
      case MIN, MAX, ANY_VALUE -> argument(call, types).getComponentType() == null;
      default -> false;
    };
  }

  private static RelDataType argument(AggregateCall call, List<RelDataType> types) {
    return types.get(call.getArgList().getFirst());
  }

  /** Whether it keeps its rows. */
  static boolean keepsRows(AggregateCall call) {
    return switch (call.getAggregation().getKind()) {
      case LISTAGG, ARRAY_AGG -> true;
      default -> false;
    };
  }

  /**
   * A new one of a call that is known.
   *
   * @param grouped the fields that its group is of, of those that the aggregate groups by
   */
  static Accumulator of(AggregateCall call, ImmutableBitSet grouped) {
    int[] fields = call.getArgList().stream().mapToInt(Integer::intValue).toArray();
    Accumulator plain =
        switch (call.getAggregation().getKind()) {
          case GROUPING, GROUPING_ID -> new Grouping(fields, grouped);
          case LISTAGG -> Collected.ofText(fields, call.getCollation());
          case ARRAY_AGG -> Collected.ofValues(fields[0], call.getCollation());
          case COUNT -> fields.length == 0 ? new CountRows() : new Count(fields);
          case SUM -> Sum.of(call, fields[0], false);
          case SUM0 -> Sum.of(call, fields[0], true);
          case MIN -> new Extreme(fields[0], -1);
          case MAX -> new Extreme(fields[0], 1);
          case ANY_VALUE -> new First(fields[0]);
          default -> throw new IllegalArgumentException("Unknown: " + call);
        };
    Accumulator distinct = call.isDistinct() ? new Distinct(fields, plain) : plain;
    return call.filterArg < 0 ? distinct : new Filtered(call.filterArg, distinct);
  }

  /** Which of some fields the group is not of, as bits; the first is the highest. */
  private static final class Grouping extends Accumulator {
    private final long bits;

    Grouping(int[] fields, ImmutableBitSet grouped) {
      long made = 0;
      for (int field : fields) {
        made = made << 1 | (grouped.get(field) ? 0 : 1);
      }
      bits = made;
    }

    @Override
    void add(@Nullable Object[] row) {}

    @Override
    Object value() {
      return bits;
    }
  }

  private static final class CountRows extends Accumulator {
    private long count;

    @Override
    void add(@Nullable Object[] row) {
      count++;
    }

    @Override
    Object value() {
      return count;
    }
  }

  /** Rows in which none of some fields is null. */
  private static final class Count extends Accumulator {
    private final int[] fields;
    private long count;

    Count(int[] fields) {
      this.fields = fields;
    }

    @Override
    void add(@Nullable Object[] row) {
      for (int field : fields) {
        if (row[field] == null) {
          return;
        }
      }
      count++;
    }

    @Override
    Object value() {
      return count;
    }
  }

  private static final class Extreme extends Accumulator {
    private final int field;
    private final int sign;
    private @Nullable Object best;

    Extreme(int field, int sign) {
      this.field = field;
      this.sign = sign;
    }

    @Override
    void add(@Nullable Object[] row) {
      Object value = row[field];
      if (value != null
          && (best == null || Integer.signum(ValueOrder.compare(value, best)) == sign)) {
        best = value;
      }
    }

    @Override
    @Nullable Object value() {
      return best;
    }
  }

  private static final class First extends Accumulator {
    private final int field;
    private @Nullable Object found;

    First(int field) {
      this.field = field;
    }

    @Override
    void add(@Nullable Object[] row) {
      if (found == null) {
        found = row[field];
      }
    }

    @Override
    @Nullable Object value() {
      return found;
    }
  }

  /** Each combination of values once; those with a null are for the function to leave out. */
  private static final class Distinct extends Accumulator {
    private final int[] fields;
    private final Accumulator inner;
    private final Set<Object> seen = new HashSet<>();

    Distinct(int[] fields, Accumulator inner) {
      this.fields = fields;
      this.inner = inner;
    }

    @Override
    void add(@Nullable Object[] row) {
      Object key = GroupKey.of(row, fields);
      if (seen.add(key)) {
        inner.add(row);
      }
    }

    @Override
    @Nullable Object value() {
      return inner.value();
    }
  }

  private static final class Filtered extends Accumulator {
    private final int condition;
    private final Accumulator inner;

    Filtered(int condition, Accumulator inner) {
      this.condition = condition;
      this.inner = inner;
    }

    @Override
    void add(@Nullable Object[] row) {
      if (Boolean.TRUE.equals(row[condition])) {
        inner.add(row);
      }
    }

    @Override
    @Nullable Object value() {
      return inner.value();
    }
  }
}
