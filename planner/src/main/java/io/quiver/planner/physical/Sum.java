package io.quiver.planner.physical;

import java.math.BigDecimal;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** SUM in the class of its type: null over no values, or zero where that is asked for. */
abstract class Sum extends Accumulator {
  private final int field;
  private final boolean zero;
  private boolean any;

  private Sum(int field, boolean zero) {
    this.field = field;
    this.zero = zero;
  }

  /**
   * A new one.
   *
   * @param zero whether the sum of nothing is zero
   */
  static Sum of(AggregateCall call, int field, boolean zero) {
    SqlTypeName type = call.getType().getSqlTypeName();
    return switch (type) {
      case DECIMAL -> new DecimalSum(field, zero);
      case REAL, FLOAT, DOUBLE -> new DoubleSum(field, zero, type == SqlTypeName.REAL);
      default -> new LongSum(field, zero, type);
    };
  }

  /** Whether values of the type can be summed here. */
  static boolean takes(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  abstract void add(Number number);

  abstract Object sum();

  @Override
  final void add(@Nullable Object[] row) {
    Object value = row[field];
    if (value != null) {
      add((Number) value);
      any = true;
    }
  }

  @Override
  final @Nullable Object value() {
    return any || zero ? sum() : null;
  }

  private static final class LongSum extends Sum {
    private final SqlTypeName type;
    private long sum;

    LongSum(int field, boolean zero, SqlTypeName type) {
      super(field, zero);
      this.type = type;
    }

    @Override
    void add(Number number) {
      sum = Math.addExact(sum, number.longValue());
    }

    @Override
    Object sum() {
      return switch (type) {
        case INTEGER -> (Object) Math.toIntExact(sum);
        case SMALLINT, TINYINT -> (short) sum;
        default -> sum;
      };
    }
  }

  private static final class DoubleSum extends Sum {
    private final boolean single;
    private double sum;

    DoubleSum(int field, boolean zero, boolean single) {
      super(field, zero);
      this.single = single;
    }

    @Override
    void add(Number number) {
      sum += number.doubleValue();
    }

    @Override
    Object sum() {
      return single ? (Object) (float) sum : sum;
    }
  }

  /** Whole numbers are summed as such for as long as the sum is one that fits. */
  private static final class DecimalSum extends Sum {
    private long whole;
    private BigDecimal rest = BigDecimal.ZERO;

    DecimalSum(int field, boolean zero) {
      super(field, zero);
    }

    @Override
    void add(Number number) {
      switch (number) {
        case BigDecimal decimal -> rest = rest.add(decimal);
        case Double d -> rest = rest.add(BigDecimal.valueOf(d));
        case Float f -> rest = rest.add(new BigDecimal(f.toString()));
        default -> {
          long value = number.longValue();
          long sum = whole + value;
          if (((whole ^ sum) & (value ^ sum)) < 0) {
            rest = rest.add(BigDecimal.valueOf(whole));
            sum = value;
          }
          whole = sum;
        }
      }
    }

    @Override
    Object sum() {
      return rest.add(BigDecimal.valueOf(whole));
    }
  }
}
