package io.quiver.planner.physical;

import io.quiver.planner.expression.ValueOrder;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** One aggregate function over the rows of one group. For one thread. */
abstract class Accumulator {
  /** Takes one row into account. */
  abstract void add(@Nullable Object[] row);

  /** The function's value over all rows so far, in the class of its type. */
  abstract @Nullable Object value();

  /** Whether this class knows all functions of an aggregate. */
  static boolean knowsAll(Aggregate aggregate) {
    return aggregate.getGroupType() == Aggregate.Group.SIMPLE
        && aggregate.getAggCallList().stream().allMatch(call -> knows(call, aggregate));
  }

  private static boolean knows(AggregateCall call, Aggregate aggregate) {
    if (call.ignoreNulls() || !call.getCollation().getFieldCollations().isEmpty()) {
      return false;
    }
    return switch (call.getAggregation().getKind()) {
      case COUNT -> true;
      case SUM, SUM0 -> isSummed(argument(call, aggregate)) && isSummed(call.getType());
      case MIN, MAX, ANY_VALUE -> argument(call, aggregate).getComponentType() == null;
      default -> false;
    };
  }

  private static RelDataType argument(AggregateCall call, Aggregate aggregate) {
    return aggregate
        .getInput()
        .getRowType()
        .getFieldList()
        .get(call.getArgList().getFirst())
        .getType();
  }

  private static boolean isSummed(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  /** A new one of a call that is known. */
  static Accumulator of(AggregateCall call) {
    int[] fields = call.getArgList().stream().mapToInt(Integer::intValue).toArray();
    Accumulator plain =
        switch (call.getAggregation().getKind()) {
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
