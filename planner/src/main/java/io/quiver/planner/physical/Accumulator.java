package io.quiver.planner.physical;

import io.quiver.planner.expression.ValueOrder;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
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
      case SUM, SUM0 -> isSummed(argument(call, types)) && isSummed(call.getType());
      case MIN, MAX, ANY_VALUE -> argument(call, types).getComponentType() == null;
      default -> false;
    };
  }

  private static RelDataType argument(AggregateCall call, List<RelDataType> types) {
    return types.get(call.getArgList().getFirst());
  }

  private static boolean isSummed(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE, DECIMAL -> true;
      default -> false;
    };
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
          case SUM -> sum(call, fields[0], false);
          case SUM0 -> sum(call, fields[0], true);
          case MIN -> new Extreme(fields[0], -1);
          case MAX -> new Extreme(fields[0], 1);
          case ANY_VALUE -> new First(fields[0]);
          default -> throw new IllegalArgumentException("Unknown: " + call);
        };
    Accumulator distinct = call.isDistinct() ? new Distinct(fields, plain) : plain;
    return call.filterArg < 0 ? distinct : new Filtered(call.filterArg, distinct);
  }

  private static Accumulator sum(AggregateCall call, int field, boolean zero) {
    SqlTypeName type = call.getType().getSqlTypeName();
    return switch (type) {
      case DECIMAL -> new DecimalSum(field, zero);
      case REAL, FLOAT, DOUBLE -> new DoubleSum(field, zero, type == SqlTypeName.REAL);
      default -> new LongSum(field, zero, type);
    };
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

  private static final class LongSum extends Accumulator {
    private final int field;
    private final boolean zero;
    private final SqlTypeName type;
    private boolean any;
    private long sum;

    LongSum(int field, boolean zero, SqlTypeName type) {
      this.field = field;
      this.zero = zero;
      this.type = type;
    }

    @Override
    void add(@Nullable Object[] row) {
      if (row[field] instanceof Number number) {
        any = true;
        sum = Math.addExact(sum, number.longValue());
      }
    }

    @Override
    @Nullable Object value() {
      if (!any && !zero) {
        return null;
      }
      return switch (type) {
        case INTEGER -> (Object) Math.toIntExact(sum);
        case SMALLINT, TINYINT -> (short) sum;
        default -> sum;
      };
    }
  }

  private static final class DoubleSum extends Accumulator {
    private final int field;
    private final boolean zero;
    private final boolean single;
    private boolean any;
    private double sum;

    DoubleSum(int field, boolean zero, boolean single) {
      this.field = field;
      this.zero = zero;
      this.single = single;
    }

    @Override
    void add(@Nullable Object[] row) {
      if (row[field] instanceof Number number) {
        any = true;
        sum += number.doubleValue();
      }
    }

    @Override
    @Nullable Object value() {
      if (!any && !zero) {
        return null;
      }
      return single ? (Object) (float) sum : sum;
    }
  }

  /** Whole numbers are summed as such for as long as the sum is one that fits. */
  private static final class DecimalSum extends Accumulator {
    private final int field;
    private final boolean zero;
    private boolean any;
    private long whole;
    private BigDecimal rest = BigDecimal.ZERO;

    DecimalSum(int field, boolean zero) {
      this.field = field;
      this.zero = zero;
    }

    @Override
    void add(@Nullable Object[] row) {
      switch (row[field]) {
        case null -> {
          return;
        }
        case BigDecimal decimal -> rest = rest.add(decimal);
        case Double d -> rest = rest.add(BigDecimal.valueOf(d));
        case Float f -> rest = rest.add(new BigDecimal(f.toString()));
        case Number number -> {
          long value = number.longValue();
          long sum = whole + value;
          if (((whole ^ sum) & (value ^ sum)) < 0) {
            rest = rest.add(BigDecimal.valueOf(whole));
            sum = value;
          }
          whole = sum;
        }
        default -> throw new IllegalStateException("Not a number: " + row[field]);
      }
      any = true;
    }

    @Override
    @Nullable Object value() {
      return any || zero ? rest.add(BigDecimal.valueOf(whole)) : null;
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
