package io.quiver.engine.filter;

import io.quiver.engine.column.BytesColumn;
import io.quiver.engine.column.Column;
import io.quiver.engine.column.DecimalColumn;
import io.quiver.engine.column.Dictionary;
import io.quiver.engine.column.ScalarCodec;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowFilter.Comparison;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Compiles comparisons and memberships of one scalar column. */
final class ScalarLeaves {
  private static final int USUAL_SCALES = 10;

  private final Column column;
  private final @Nullable Keys keys;
  private final @Nullable PayloadIndex index;

  ScalarLeaves(Column column, @Nullable PayloadIndex index) {
    this.column = column;
    this.keys = Keys.of(column);
    this.index = index;
  }

  private Condition none(boolean negated) {
    return negated ? new NullTest(column, true) : Constant.NOTHING;
  }

  Condition compare(Comparison comparison, Object value) {
    boolean negated = comparison == Comparison.NOT_EQUAL;
    if (keys != null) {
      KeyCut cut = KeyCut.of(keys, value);
      return switch (comparison) {
        case EQUAL, NOT_EQUAL -> equal(keys, cut, negated);
        case LESS -> upTo(keys, cut.below());
        case LESS_OR_EQUAL -> upTo(keys, cut.upTo());
        case GREATER -> after(keys, cut.upTo());
        case GREATER_OR_EQUAL -> after(keys, cut.below());
      };
    }
    IntUnaryOperator order = against(value);
    IntUnaryOperator side =
        switch (comparison) {
          case EQUAL, NOT_EQUAL -> order;
          case LESS -> row -> order.applyAsInt(row) < 0 ? 0 : 1;
          case LESS_OR_EQUAL -> row -> order.applyAsInt(row) <= 0 ? 0 : 1;
          case GREATER -> row -> order.applyAsInt(row) > 0 ? 0 : -1;
          case GREATER_OR_EQUAL -> row -> order.applyAsInt(row) >= 0 ? 0 : -1;
        };
    return anyOf(List.of(side), negated);
  }

  private Condition equal(Keys keys, KeyCut cut, boolean negated) {
    if (!cut.isExact()) {
      return none(negated);
    }
    return new KeyRange(keys, cut.upTo().last(), cut.upTo().last(), negated, index);
  }

  private Condition upTo(Keys keys, KeyCut.Prefix prefix) {
    return prefix.isEmpty()
        ? Constant.NOTHING
        : new KeyRange(keys, Long.MIN_VALUE, prefix.last(), false, index);
  }

  private Condition after(Keys keys, KeyCut.Prefix prefix) {
    if (prefix.isEmpty()) {
      return new NullTest(column, true);
    }
    return prefix.last() == Long.MAX_VALUE
        ? Constant.NOTHING
        : new KeyRange(keys, prefix.last() + 1, Long.MAX_VALUE, false, index);
  }

  Condition in(List<Object> values, boolean negated) {
    if (keys != null) {
      long[] members =
          values.stream()
              .map(value -> KeyCut.of(keys, value))
              .filter(KeyCut::isExact)
              .mapToLong(cut -> cut.upTo().last())
              .sorted()
              .distinct()
              .toArray();
      return set(keys, members, negated);
    }
    return column instanceof BytesColumn bytes
        ? bytesIn(bytes, values, negated)
        : anyOf(distinct(values).stream().map(this::against).toList(), negated);
  }

  private Condition set(Keys keys, long[] members, boolean negated) {
    if (members.length == 0) {
      return none(negated);
    }
    Dictionary dictionary = dictionary();
    int codes = dictionary == null ? -1 : dictionary.size();
    return members.length == 1
        ? new KeyRange(keys, members[0], members[0], negated, index)
        : new KeySet(keys, members, codes, negated, index);
  }

  private @Nullable Dictionary dictionary() {
    return column instanceof BytesColumn bytes ? bytes.dictionary() : null;
  }

  Condition like(RowFilter.Like like) {
    LikePattern pattern = new LikePattern(like.pattern(), like.escape(), like.ignoreCase());
    Dictionary dictionary = dictionary();
    if (dictionary != null && keys != null) {
      long[] members = new long[dictionary.size()];
      int count = 0;
      MemorySegment entries = dictionary.segment();
      for (int code = 0; code < dictionary.size(); code++) {
        if (pattern.matches(entries, dictionary.offset(code), dictionary.length(code))) {
          members[count++] = code;
        }
      }
      return set(keys, Arrays.copyOf(members, count), like.negated());
    }
    BytesColumn bytes = (BytesColumn) column;
    return new ValueTest(
        column,
        row -> pattern.matches(bytes.segment(row), bytes.offset(row), bytes.length(row)),
        like.negated(),
        Condition.BYTES_COST * 2,
        null);
  }

  /** Members are compared by binary search, so that a long list costs little a row. */
  private Condition bytesIn(BytesColumn bytes, List<Object> values, boolean negated) {
    ScalarKind kind = ((ColumnType.Scalar) column.type()).kind();
    MemorySegment[] members =
        values.stream()
            .map(value -> ScalarCodec.toSegment(kind, value))
            .sorted(ScalarCodec::compare)
            .toArray(MemorySegment[]::new);
    List<MemorySegment> distinct = new ArrayList<>();
    for (MemorySegment member : members) {
      if (distinct.isEmpty() || ScalarCodec.compare(distinct.getLast(), member) != 0) {
        distinct.add(member);
      }
    }
    MemorySegment[] sorted = distinct.toArray(MemorySegment[]::new);
    IndexedRows indexed = null;
    if (index instanceof OrderIndex) {
      List<IntUnaryOperator> sides = new ArrayList<>();
      distinct.forEach(member -> sides.add(row -> bytes.compare(row, member)));
      indexed = ranges(sides, negated);
    }
    return new ValueTest(
        column, row -> isAmong(bytes, row, sorted), negated, Condition.BYTES_COST, indexed);
  }

  private static boolean isAmong(BytesColumn bytes, int row, MemorySegment[] sorted) {
    int low = 0;
    int high = sorted.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int comparison = bytes.compare(row, sorted[middle]);
      if (comparison == 0) {
        return true;
      }
      if (comparison > 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return false;
  }

  /** Values that compare as equal are kept once. */
  private static List<Object> distinct(List<Object> values) {
    List<Object> distinct = new ArrayList<>();
    for (BigDecimal value : values.stream().map(BigDecimal.class::cast).sorted().toList()) {
      if (distinct.isEmpty() || value.compareTo((BigDecimal) distinct.getLast()) != 0) {
        distinct.add(value);
      }
    }
    return distinct;
  }

  /** How a row's value compares with a constant, where there are no keys. */
  private IntUnaryOperator against(Object value) {
    return switch (column) {
      case BytesColumn bytes -> {
        ScalarKind kind = ((ColumnType.Scalar) column.type()).kind();
        MemorySegment other = ScalarCodec.toSegment(kind, value);
        yield row -> bytes.compare(row, other);
      }
      case DecimalColumn decimals -> against(decimals, (BigDecimal) value);
      default -> throw new IllegalArgumentException("Invalid comparison: of " + column.type());
    };
  }

  /** Most decimals are a long of a usual scale, and are compared as that. */
  private static IntUnaryOperator against(DecimalColumn decimals, BigDecimal value) {
    KeyCut[] cuts = new KeyCut[USUAL_SCALES];
    Arrays.setAll(cuts, scale -> KeyCut.ofDecimal(value, scale));
    return row -> {
      int scale = decimals.scale(row);
      return scale >= 0 && scale < USUAL_SCALES && decimals.isCompact(row)
          ? cuts[scale].compare(decimals.unscaled(row))
          : decimals.decimal(row).compareTo(value);
    };
  }

  /** The row is on side 0 of one of some disjoint ranges, or (negated) of none. */
  private Condition anyOf(List<IntUnaryOperator> sides, boolean negated) {
    if (sides.isEmpty()) {
      return none(negated);
    }
    return new ValueTest(
        column,
        row -> {
          for (IntUnaryOperator side : sides) {
            if (side.applyAsInt(row) == 0) {
              return true;
            }
          }
          return false;
        },
        negated,
        Condition.BYTES_COST * sides.size(),
        index instanceof OrderIndex ? ranges(sides, negated) : null);
  }

  private @Nullable IndexedRows ranges(List<IntUnaryOperator> sides, boolean negated) {
    if (!(index instanceof OrderIndex order)) {
      return null;
    }
    return new IndexedRows(
        order,
        negated,
        (any, target) -> sides.forEach(side -> target.add(order, order.range(side))));
  }
}
