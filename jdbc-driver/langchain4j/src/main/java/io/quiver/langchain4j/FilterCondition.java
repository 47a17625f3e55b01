package io.quiver.langchain4j;

import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.store.embedding.filter.Filter;
import dev.langchain4j.store.embedding.filter.comparison.ContainsString;
import dev.langchain4j.store.embedding.filter.comparison.IsEqualTo;
import dev.langchain4j.store.embedding.filter.comparison.IsGreaterThan;
import dev.langchain4j.store.embedding.filter.comparison.IsGreaterThanOrEqualTo;
import dev.langchain4j.store.embedding.filter.comparison.IsIn;
import dev.langchain4j.store.embedding.filter.comparison.IsLessThan;
import dev.langchain4j.store.embedding.filter.comparison.IsLessThanOrEqualTo;
import dev.langchain4j.store.embedding.filter.comparison.IsNotEqualTo;
import dev.langchain4j.store.embedding.filter.comparison.IsNotIn;
import dev.langchain4j.store.embedding.filter.logical.And;
import dev.langchain4j.store.embedding.filter.logical.Not;
import dev.langchain4j.store.embedding.filter.logical.Or;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A filter of LangChain4j as an SQL condition, values as parameters.
 *
 * <p>LangChain4j has two truth values, not three: a comparison is false where the key is absent,
 * and its negation therefore true. Numbers compare by value whatever their type.
 */
final class FilterCondition {
  /** From here on a double no longer tells one whole number from the next. */
  private static final long EXACT_IN_DOUBLE = 1L << 53;

  private final Map<String, MetadataColumn> columns;
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> parameters = new ArrayList<>();

  private FilterCondition(Map<String, MetadataColumn> columns) {
    this.columns = columns;
  }

  static FilterCondition of(@Nullable Filter filter, Map<String, MetadataColumn> columns) {
    FilterCondition condition = new FilterCondition(columns);
    if (filter != null) {
      condition.add(filter);
    }
    return condition;
  }

  boolean isEmpty() {
    return sql.isEmpty();
  }

  String sql() {
    return sql.toString();
  }

  List<Object> parameters() {
    return parameters;
  }

  private void add(Filter filter) {
    if (filter instanceof And and) {
      pair(and.left(), " AND ", and.right());
    } else if (filter instanceof Or or) {
      pair(or.left(), " OR ", or.right());
    } else if (filter instanceof Not not) {
      sql.append("(");
      add(not.expression());
      sql.append(") IS NOT TRUE");
    } else if (filter instanceof IsEqualTo is) {
      compare(is.key(), "=", is.comparisonValue());
    } else if (filter instanceof IsNotEqualTo is) {
      sql.append("(");
      compare(is.key(), "=", is.comparisonValue());
      sql.append(") IS NOT TRUE");
    } else if (filter instanceof IsGreaterThan is) {
      compare(is.key(), ">", is.comparisonValue());
    } else if (filter instanceof IsGreaterThanOrEqualTo is) {
      compare(is.key(), ">=", is.comparisonValue());
    } else if (filter instanceof IsLessThan is) {
      compare(is.key(), "<", is.comparisonValue());
    } else if (filter instanceof IsLessThanOrEqualTo is) {
      compare(is.key(), "<=", is.comparisonValue());
    } else if (filter instanceof IsIn is) {
      in(is.key(), is.comparisonValues());
    } else if (filter instanceof IsNotIn is) {
      sql.append("(");
      in(is.key(), is.comparisonValues());
      sql.append(") IS NOT TRUE");
    } else if (filter instanceof ContainsString contains) {
      sql.append("POSITION(CAST(? AS VARCHAR) IN ")
          .append(operand(contains.key(), contains.comparisonValue()))
          .append(") > 0");
      parameters.add(contains.comparisonValue());
    } else {
      throw new UnsupportedFeatureException(
          "Quiver does not know the filter " + filter.getClass().getName());
    }
  }

  private void pair(Filter left, String operator, Filter right) {
    sql.append("(");
    add(left);
    sql.append(operator);
    add(right);
    sql.append(")");
  }

  private void compare(String key, String operator, Object value) {
    sql.append(operand(key, value)).append(" ").append(operator).append(" ?");
    parameters.add(parameter(key, value));
  }

  private void in(String key, Collection<?> values) {
    // Whole numbers too large for a double are looked up in another form than the others.
    Map<String, List<Object>> byOperand = new LinkedHashMap<>();
    for (Object value : values) {
      byOperand
          .computeIfAbsent(operand(key, value), operand -> new ArrayList<>())
          .add(parameter(key, value));
    }
    String or = "";
    sql.append("(");
    for (Map.Entry<String, List<Object>> entry : byOperand.entrySet()) {
      sql.append(or)
          .append(entry.getKey())
          .append(" IN (")
          .append(String.join(", ", Collections.nCopies(entry.getValue().size(), "?")))
          .append(")");
      parameters.addAll(entry.getValue());
      or = " OR ";
    }
    sql.append(")");
  }

  /** The stored value of a key, in the type it is compared in. */
  private String operand(String key, Object value) {
    if (columns.containsKey(key)) {
      return StoreTable.quoted(key);
    }
    String path = "'$.\"" + name(key) + "\"'";
    String returning =
        value instanceof Number number
            ? isExactInDouble(number) ? " RETURNING DOUBLE" : " RETURNING BIGINT"
            : "";
    return "JSON_VALUE(" + StoreTable.METADATA + ", " + path + returning + ")";
  }

  private static boolean isExactInDouble(Number number) {
    return !(number instanceof Long)
        || Math.abs(number.longValue()) <= EXACT_IN_DOUBLE && number.longValue() != Long.MIN_VALUE;
  }

  private Object parameter(String key, Object value) {
    if (value instanceof Float) {
      // What the float is written as in JSON, not what it is widened to.
      return Double.parseDouble(value.toString());
    }
    if (value instanceof Integer || value instanceof Long && isExactInDouble((Long) value)) {
      return ((Number) value).doubleValue();
    }
    MetadataColumn column = columns.get(key);
    return value instanceof UUID && (column == null || column.type() != UUID.class)
        ? value.toString()
        : value;
  }

  private static String name(String key) {
    if (key.indexOf('"') >= 0 || key.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Metadata key '%s' cannot be filtered by: it contains a quotation mark or a"
                  + " backslash. Give it a column of its own (metadataColumn)",
              key));
    }
    return key.replace("'", "''");
  }
}
