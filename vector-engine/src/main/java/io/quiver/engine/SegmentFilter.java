package io.quiver.engine;

import io.quiver.engine.column.Column;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.StopSignal;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows a filter admits, tested one by one. */
final class SegmentFilter {
  private final IntFunction<Column> columns;

  private SegmentFilter(IntFunction<Column> columns) {
    this.columns = columns;
  }

  /** A new set of those of the first {@code rows} rows that a filter admits. */
  static RowBitmap evaluate(
      RowFilter filter, IntFunction<Column> columns, int rows, StopSignal stop) {
    if (filter instanceof RowFilter.All) {
      return RowBitmap.full(rows);
    }
    SegmentFilter test = new SegmentFilter(columns);
    RowBitmap admitted = new RowBitmap(rows);
    for (int row = 0; row < rows; row++) {
      if ((row & 1023) == 0) {
        stop.check();
      }
      if (test.admits(filter, row)) {
        admitted.add(row);
      }
    }
    return admitted;
  }

  private boolean admits(RowFilter filter, int row) {
    return switch (filter) {
      case RowFilter.All all -> true;
      case RowFilter.Nothing nothing -> false;
      case RowFilter.And and -> and.parts().stream().allMatch(part -> admits(part, row));
      case RowFilter.Or or -> or.parts().stream().anyMatch(part -> admits(part, row));
      case RowFilter.Compare compare -> compares(compare, value(compare.column(), row));
      case RowFilter.In in -> {
        Object value = value(in.column(), row);
        yield value != null
            && in.values().stream().anyMatch(one -> compare(value, one) == 0) != in.negated();
      }
      case RowFilter.IsNull isNull ->
          columns.apply(isNull.column()).isNull(row) != isNull.negated();
      case RowFilter.Like like -> {
        Object value = value(like.column(), row);
        yield value != null && pattern(like).matcher((String) value).matches() != like.negated();
      }
      case RowFilter.Contains contains -> {
        Object value = value(contains.column(), row);
        yield value != null
            && contains(contains, Arrays.asList((String[]) value)) != contains.negated();
      }
      case RowFilter.Test test -> {
        @Nullable Object[] values = new @Nullable Object[test.columns().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = value(test.columns().get(i), row);
        }
        yield test.test().holds(values);
      }
    };
  }

  private @Nullable Object value(int column, int row) {
    return columns.apply(column).value(row);
  }

  private static boolean contains(RowFilter.Contains filter, List<String> texts) {
    return switch (filter.containment()) {
      case ANY -> filter.values().stream().anyMatch(texts::contains);
      case ALL -> texts.containsAll(filter.values());
    };
  }

  private static boolean compares(RowFilter.Compare filter, @Nullable Object value) {
    if (value == null) {
      return false;
    }
    int order = compare(value, filter.value());
    return switch (filter.comparison()) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  private static int compare(Object left, Object right) {
    return switch (left) {
      case Boolean value -> value.compareTo((Boolean) right);
      case Integer value -> value.compareTo((Integer) right);
      case Long value -> value.compareTo((Long) right);
      case Float value -> value.compareTo((Float) right);
      case Double value -> value.compareTo((Double) right);
      case BigDecimal value -> value.compareTo((BigDecimal) right);
      case String value ->
          Arrays.compare(value.codePoints().toArray(), ((String) right).codePoints().toArray());
      case UUID value -> compareUuids(value, (UUID) right);
      case byte[] value -> Arrays.compareUnsigned(value, (byte[]) right);
      default -> throw new IllegalArgumentException("No order on " + left.getClass());
    };
  }

  private static int compareUuids(UUID left, UUID right) {
    int order = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
    return order != 0
        ? order
        : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
  }

  private static Pattern pattern(RowFilter.Like like) {
    StringBuilder regex = new StringBuilder();
    String text = like.pattern();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == like.escape() && c != 0 && i + 1 < text.length()) {
        regex.append(Pattern.quote(String.valueOf(text.charAt(++i))));
      } else if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    int flags = like.ignoreCase() ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    return Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
  }
}
