package io.quiver.planner.expression;

import io.quiver.engine.search.SparseVectorValue;
import io.quiver.sql.type.DenseVectorText;
import io.quiver.sql.type.JsonSqlType;
import io.quiver.sql.type.MultiVectorSqlType;
import io.quiver.sql.type.MultiVectorText;
import io.quiver.sql.type.SparseVectorSqlType;
import io.quiver.sql.type.SparseVectorText;
import io.quiver.sql.type.VectorSqlType;
import io.quiver.sql.type.VectorValues;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** A value as another type: CAST, assignment, and parameters that come as something else. */
public final class CastValue {
  private CastValue() {}

  static Evaluator evaluator(RelDataType from, RelDataType to, Evaluator operand) {
    if (from.getSqlTypeName() == to.getSqlTypeName()
        && from.getClass() == to.getClass()
        && from.getPrecision() == to.getPrecision()
        && from.getScale() == to.getScale()
        && !(to instanceof VectorSqlType)) {
      return operand;
    }
    return (row, bindings) -> {
      Object value = operand.evaluate(row, bindings);
      return value == null ? null : cast(value, from, to);
    };
  }

  /** The value as another type; {@code from} tells a date from a number. */
  public static @Nullable Object cast(Object value, RelDataType from, RelDataType to) {
    return switch (to) {
      case VectorSqlType vector -> VectorValues.dense(value, vector.dimension());
      case SparseVectorSqlType sparse -> VectorValues.sparse(value, sparse.dimension());
      case MultiVectorSqlType multi -> VectorValues.multi(value, multi.dimension());
      case JsonSqlType json -> text(value, from);
      default -> castStandard(value, from, to);
    };
  }

  private static @Nullable Object castStandard(Object value, RelDataType from, RelDataType to) {
    if (SqlTypeUtil.inCharFamily(to)) {
      String text = text(value, from);
      int precision = to.getPrecision();
      return precision >= 0 && text.codePointCount(0, text.length()) > precision
          ? text.substring(0, text.offsetByCodePoints(0, precision))
          : text;
    }
    if (value instanceof String text) {
      return TextCast.read(text, to);
    }
    return switch (to.getSqlTypeName()) {
      case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE, DECIMAL ->
          NumberCast.to(to, number(value));
      case BOOLEAN -> value instanceof Number number ? number.doubleValue() != 0 : value;
      case DATE ->
          isMoment(from)
              ? (Integer) (int) Math.floorDiv(((Number) value).longValue(), 86_400_000L)
              : value;
      case TIME ->
          isMoment(from)
              ? (Integer) (int) Math.floorMod(((Number) value).longValue(), 86_400_000L)
              : value;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
          from.getSqlTypeName() == SqlTypeName.DATE
              ? (Long) (((Number) value).longValue() * 86_400_000L)
              : (Long) ((Number) value).longValue();
      case BINARY, VARBINARY -> bytes(value, from, to);
      case ARRAY -> elements(value, from, to);
      default -> value;
    };
  }

  private static Object bytes(Object value, RelDataType from, RelDataType to) {
    if (value instanceof byte[]) {
      return value;
    }
    throw EvaluationProblem.noCast(
        from.toString(), to, "write it as X'0a1b', or bind it as byte[].");
  }

  private static boolean isMoment(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> true;
      default -> false;
    };
  }

  private static Number number(Object value) {
    return switch (value) {
      case Number number -> number;
      case Boolean truth -> truth ? 1 : 0;
      default -> throw EvaluationProblem.notReadable(value.toString(), "a number");
    };
  }

  private static List<@Nullable Object> elements(Object value, RelDataType from, RelDataType to) {
    Collection<?> elements =
        value instanceof Collection<?> collection ? collection : Arrays.asList((Object[]) value);
    RelDataType fromElement = from.getComponentType();
    RelDataType toElement = to.getComponentType();
    @Nullable Object[] converted = new Object[elements.size()];
    int i = 0;
    for (Object element : elements) {
      converted[i++] =
          element == null || fromElement == null || toElement == null
              ? element
              : cast(element, fromElement, toElement);
    }
    return Arrays.asList(converted);
  }

  /** A value as SQL writes it. */
  public static String text(Object value, RelDataType type) {
    return switch (value) {
      case String text -> text;
      case float[] vector -> DenseVectorText.write(vector);
      case float[][] rows -> MultiVectorText.write(rows);
      case SparseVectorValue sparse ->
          SparseVectorText.write(sparse, type instanceof SparseVectorSqlType t ? t.dimension() : 0);
      case byte[] bytes -> HexFormat.of().formatHex(bytes);
      case BigDecimal decimal -> decimal.toPlainString();
      case Number number -> number(number, type);
      case Collection<?> elements -> array(elements, type);
      default -> value.toString();
    };
  }

  private static String number(Number number, RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case DATE -> DateTimeUtils.unixDateToString(number.intValue());
      case TIME -> DateTimeUtils.unixTimeToString(number.intValue());
      case TIMESTAMP -> fraction(number.longValue());
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> fraction(number.longValue()) + "Z";
      default -> number.toString();
    };
  }

  private static String fraction(long millis) {
    return DateTimeUtils.unixTimestampToString(millis, Math.floorMod(millis, 1000L) == 0 ? 0 : 3);
  }

  private static String array(Collection<?> elements, RelDataType type) {
    StringBuilder text = new StringBuilder("[");
    RelDataType element = type.getComponentType() == null ? type : type.getComponentType();
    for (Object each : elements) {
      if (text.length() > 1) {
        text.append(", ");
      }
      text.append(each == null ? "null" : text(each, element));
    }
    return text.append(']').toString();
  }
}
