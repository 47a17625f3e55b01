package io.quiver.engine.filter;

import io.quiver.engine.search.RowFilter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a filter means, on values, in the plainest way. */
public final class NaiveFilter {
  private final List<List<@Nullable Object>> columns;

  public NaiveFilter(List<List<@Nullable Object>> columns) {
    this.columns = columns;
  }

  public boolean holds(RowFilter filter, int row) {
    return switch (filter) {
      case RowFilter.All all -> true;
      case RowFilter.Nothing nothing -> false;
      case RowFilter.And and -> and.parts().stream().allMatch(part -> holds(part, row));
      case RowFilter.Or or -> or.parts().stream().anyMatch(part -> holds(part, row));
      case RowFilter.IsNull isNull -> (value(isNull.column(), row) == null) != isNull.negated();
      case RowFilter.Test test -> {
        @Nullable Object[] values = new @Nullable Object[test.columns().size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = value(test.columns().get(i), row);
        }
        yield test.test().holds(values);
      }
      case RowFilter.Compare compare -> {
        Object value = value(compare.column(), row);
        yield value != null && compare(compare, compareValues(value, compare.value()));
      }
      case RowFilter.In in -> {
        Object value = value(in.column(), row);
        yield value != null
            && in.values().stream().anyMatch(each -> compareValues(value, each) == 0)
                != in.negated();
      }
      case RowFilter.Like like -> {
        Object value = value(like.column(), row);
        yield value != null && like((String) value, like) != like.negated();
      }
      case RowFilter.Contains contains -> {
        Object value = value(contains.column(), row);
        yield value != null && contains((String[]) value, contains) != contains.negated();
      }
    };
  }

  private @Nullable Object value(int column, int row) {
    return columns.get(column).get(row);
  }

  private static boolean contains(String[] array, RowFilter.Contains contains) {
    List<String> strings = Arrays.asList(array);
    return switch (contains.containment()) {
      case ANY -> contains.values().stream().anyMatch(strings::contains);
      case ALL -> strings.containsAll(contains.values());
    };
  }

  private static boolean compare(RowFilter.Compare compare, int order) {
    return switch (compare.comparison()) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  private static int compareValues(Object a, Object b) {
    return switch (a) {
      case Boolean x -> x.compareTo((Boolean) b);
      case Integer x -> x.compareTo((Integer) b);
      case Long x -> x.compareTo((Long) b);
      case Float x -> Double.compare(x + 0.0, (Float) b + 0.0);
      case Double x -> Double.compare(x + 0.0, (Double) b + 0.0);
      case BigDecimal x -> x.compareTo((BigDecimal) b);
      case String x ->
          Arrays.compare(x.codePoints().toArray(), ((String) b).codePoints().toArray());
      case byte[] x -> Arrays.compareUnsigned(x, (byte[]) b);
      case UUID x -> x.toString().compareTo(b.toString());
      default -> throw new IllegalArgumentException(a.getClass().getName());
    };
  }

  static boolean like(String value, RowFilter.Like like) {
    StringBuilder regex = new StringBuilder();
    int[] characters = like.pattern().codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      int c = characters[i];
      if (like.escape() != 0 && c == like.escape() && i + 1 < characters.length) {
        regex.append(Pattern.quote(Character.toString(characters[++i])));
      } else if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(Character.toString(c)));
      }
    }
    int flags = Pattern.DOTALL;
    if (like.ignoreCase()) {
      flags |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    }
    return Pattern.compile(regex.toString(), flags).matcher(value).matches();
  }
}
