package io.quiver.springai;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.vectorstore.filter.Filter;

/**
 * A filter expression of Spring AI as an SQL condition over the JSON metadata, values as
 * parameters. A comparison with a key that is absent is false, and its negation true.
 */
final class FilterCondition {
  /** From here on a double no longer tells one whole number from the next. */
  private static final long EXACT_IN_DOUBLE = 1L << 53;

  private final StringBuilder sql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  private FilterCondition() {}

  static FilterCondition of(Filter.@Nullable Expression expression) {
    FilterCondition condition = new FilterCondition();
    if (expression != null) {
      condition.add(expression);
    }
    return condition;
  }

  /** The condition; empty where every document qualifies. */
  String sql() {
    return sql.toString();
  }

  List<Object> parameters() {
    return parameters;
  }

  private void add(Filter.@Nullable Operand operand) {
    if (operand instanceof Filter.Group group) {
      sql.append("(");
      add(group.content());
      sql.append(")");
    } else if (operand instanceof Filter.Expression expression) {
      add(expression);
    } else {
      throw new IllegalArgumentException("A condition was expected, not " + operand);
    }
  }

  private void add(Filter.Expression is) {
    switch (is.type()) {
      case AND -> pair(is, " AND ");
      case OR -> pair(is, " OR ");
      case NOT -> negated(() -> add(is.left()));
      case EQ -> compare(is, "=");
      case NE -> negated(() -> compare(is, "="));
      case GT -> compare(is, ">");
      case GTE -> compare(is, ">=");
      case LT -> compare(is, "<");
      case LTE -> compare(is, "<=");
      case IN -> in(is);
      case NIN -> negated(() -> in(is));
      case ISNULL -> sql.append(stored(is.left(), "")).append(" IS NULL");
      case ISNOTNULL -> sql.append(stored(is.left(), "")).append(" IS NOT NULL");
    }
  }

  private void pair(Filter.Expression is, String operator) {
    sql.append("(");
    add(is.left());
    sql.append(operator);
    add(is.right());
    sql.append(")");
  }

  private void negated(Runnable condition) {
    sql.append("(");
    condition.run();
    sql.append(") IS NOT TRUE");
  }

  private void compare(Filter.Expression is, String operator) {
    Object value = value(is);
    sql.append(stored(is.left(), type(value))).append(" ").append(operator).append(" ?");
    parameters.add(parameter(value));
  }

  private void in(Filter.Expression is) {
    if (!(value(is) instanceof List<?> values) || values.isEmpty()) {
      throw new IllegalArgumentException("IN needs a list of values: " + is);
    }
    Map<String, List<Object>> byType = new LinkedHashMap<>();
    for (Object value : values) {
      byType.computeIfAbsent(type(value), type -> new ArrayList<>()).add(parameter(value));
    }
    String next = "(";
    for (Map.Entry<String, List<Object>> entry : byType.entrySet()) {
      sql.append(next)
          .append(stored(is.left(), entry.getKey()))
          .append(" IN (")
          .append(String.join(", ", Collections.nCopies(entry.getValue().size(), "?")))
          .append(")");
      parameters.addAll(entry.getValue());
      next = " OR ";
    }
    sql.append(")");
  }

  private static Object value(Filter.Expression is) {
    if (is.right() instanceof Filter.Value value) {
      return value.value();
    }
    throw new IllegalArgumentException("A value was expected on the right of " + is);
  }

  /** The value of a key as the metadata has it, read as a type. */
  private static String stored(Filter.Operand key, String returning) {
    if (!(key instanceof Filter.Key named)) {
      throw new IllegalArgumentException("A key was expected, not " + key);
    }
    String name = named.key();
    if (name.length() > 1
        && name.charAt(0) == name.charAt(name.length() - 1)
        && (name.charAt(0) == '"' || name.charAt(0) == '\'')) {
      name = name.substring(1, name.length() - 1);
    }
    if (name.indexOf('"') >= 0 || name.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Metadata key '%s' cannot be filtered by: it contains a quotation mark or a"
                  + " backslash",
              name));
    }
    return "JSON_VALUE(metadata, '$.\"" + name.replace("'", "''") + "\"'" + returning + ")";
  }

  private static String type(Object value) {
    if (value instanceof Boolean) {
      return " RETURNING BOOLEAN";
    }
    if (value instanceof Number number) {
      return isExactInDouble(number) ? " RETURNING DOUBLE" : " RETURNING BIGINT";
    }
    return "";
  }

  private static boolean isExactInDouble(Number number) {
    return !(number instanceof Long)
        || number.longValue() <= EXACT_IN_DOUBLE && number.longValue() >= -EXACT_IN_DOUBLE;
  }

  private static Object parameter(Object value) {
    if (value instanceof Number number && isExactInDouble(number)) {
      // A float is compared by what it is written as in JSON, not by what it is widened to.
      return Double.parseDouble(number.toString());
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value;
    }
    return value instanceof Date date
        ? Instant.ofEpochMilli(date.getTime()).toString()
        : value.toString();
  }
}
