package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SparseVector;
import io.quiver.jdbc.SqlErrors;
import io.quiver.jdbc.VectorForm;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A value of a column as the classes an application may ask for. Times are {@link ColumnTime}'s.
 *
 * <p>Values come as {@code io.quiver.planner.ResultType} lists them, or as text off the wire; never
 * null here.
 */
final class ColumnValue {
  private ColumnValue() {}

  /** What {@code getObject} gives. */
  static Object natural(Object raw, SqlType type) throws SQLException {
    return switch (type.kind()) {
      case SMALLINT -> raw instanceof Integer ? raw : (int) whole(raw, type);
      case DATE -> ColumnTime.date(raw, type, null);
      case TIME -> ColumnTime.time(raw, type, null);
      case TIMESTAMP -> ColumnTime.timestamp(raw, type, null);
      case TIMESTAMP_TZ -> ColumnTime.offset(raw, type);
      case UUID -> uuid(raw, type);
      case VECTOR -> vector(raw, type);
      case MULTIVECTOR -> vectors(raw, type);
      case SPARSEVEC -> sparse(raw, type);
      case ARRAY -> array(raw, type);
      case VARBINARY -> bytes(raw, type);
      case BOOLEAN, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL, VARCHAR, JSON, INTERVAL, UNKNOWN ->
          raw instanceof ByteString bytes ? bytes.getBytes() : raw;
    };
  }

  static String text(Object raw, SqlType type) throws SQLException {
    return switch (type.kind()) {
      case VARCHAR, JSON -> raw.toString();
      case DECIMAL -> decimal(raw, type).toPlainString();
      case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> ColumnTime.text(raw, type);
      case VECTOR -> VectorForm.text(vector(raw, type));
      case MULTIVECTOR -> VectorForm.text(vectors(raw, type));
      case VARBINARY -> HexFormat.of().formatHex(bytes(raw, type));
      case ARRAY -> list(raw, type).toString();
      case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, UUID, SPARSEVEC, INTERVAL, UNKNOWN ->
          raw.toString();
    };
  }

  static boolean bool(Object raw, SqlType type) throws SQLException {
    if (raw instanceof Boolean bool) {
      return bool;
    }
    if (raw instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (raw instanceof String text) {
      switch (text.trim().toLowerCase(Locale.ROOT)) {
        case "true", "t", "yes", "y", "1" -> {
          return true;
        }
        case "false", "f", "no", "n", "0" -> {
          return false;
        }
        default -> {}
      }
    }
    throw cannot(raw, type, "boolean");
  }

  /** A whole number; a fraction is cut off. */
  static long whole(Object raw, SqlType type) throws SQLException {
    if (raw instanceof Long
        || raw instanceof Integer
        || raw instanceof Short
        || raw instanceof Byte) {
      return isTime(type) ? failWhole(raw, type) : ((Number) raw).longValue();
    }
    if (raw instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    if (raw instanceof Double || raw instanceof Float) {
      double number = ((Number) raw).doubleValue();
      if (!(number >= -0x1p63 && number < 0x1p63)) {
        throw tooLarge(raw, "long");
      }
      return (long) number;
    }
    BigDecimal number = decimal(raw, type).setScale(0, RoundingMode.DOWN);
    if (number.unscaledValue().bitLength() > 63) {
      throw tooLarge(raw, "long");
    }
    return number.longValue();
  }

  private static long failWhole(Object raw, SqlType type) throws SQLException {
    throw cannot(raw, type, "a number");
  }

  /** A whole number between two bounds. */
  static long whole(Object raw, SqlType type, long least, long most, String name)
      throws SQLException {
    long number = whole(raw, type);
    if (number < least || number > most) {
      throw tooLarge(raw, name);
    }
    return number;
  }

  static double floating(Object raw, SqlType type) throws SQLException {
    if (raw instanceof Number number && !isTime(type)) {
      return number.doubleValue();
    }
    if (raw instanceof String text) {
      try {
        return Double.parseDouble(text.trim());
      } catch (NumberFormatException e) {
        throw cannot(raw, type, "double");
      }
    }
    return decimal(raw, type).doubleValue();
  }

  static BigDecimal decimal(Object raw, SqlType type) throws SQLException {
    try {
      if (raw instanceof BigDecimal decimal) {
        return decimal;
      }
      if ((raw instanceof Number && !isTime(type)) || raw instanceof String) {
        return new BigDecimal(raw.toString().trim());
      }
    } catch (NumberFormatException e) {
      throw cannot(raw, type, "BigDecimal");
    }
    if (raw instanceof Boolean bool) {
      return bool ? BigDecimal.ONE : BigDecimal.ZERO;
    }
    throw cannot(raw, type, "BigDecimal");
  }

  private static boolean isTime(SqlType type) {
    return switch (type.kind()) {
      case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ -> true;
      default -> false;
    };
  }

  static byte[] bytes(Object raw, SqlType type) throws SQLException {
    if (raw instanceof byte[] bytes) {
      return bytes;
    }
    if (raw instanceof ByteString bytes) {
      return bytes.getBytes();
    }
    if (type.kind() == SqlKind.VECTOR) {
      return VectorForm.bytes(vector(raw, type));
    }
    if (raw instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    throw cannot(raw, type, "byte[]");
  }

  static UUID uuid(Object raw, SqlType type) throws SQLException {
    if (raw instanceof UUID uuid) {
      return uuid;
    }
    try {
      return UUID.fromString(raw.toString());
    } catch (IllegalArgumentException e) {
      throw cannot(raw, type, "UUID");
    }
  }

  static float[] vector(Object raw, SqlType type) throws SQLException {
    if (raw instanceof float[] vector) {
      return vector;
    }
    if (raw instanceof String text) {
      return VectorForm.vectorOf(text);
    }
    if (raw instanceof List<?> list) {
      float[] vector = new float[list.size()];
      for (int i = 0; i < vector.length; i++) {
        if (!(list.get(i) instanceof Number component)) {
          throw cannot(raw, type, "float[]");
        }
        vector[i] = component.floatValue();
      }
      return vector;
    }
    throw cannot(raw, type, "float[]");
  }

  static float[][] vectors(Object raw, SqlType type) throws SQLException {
    if (raw instanceof float[][] vectors) {
      return vectors;
    }
    if (raw instanceof String text) {
      return VectorForm.vectorsOf(text);
    }
    throw cannot(raw, type, "float[][]");
  }

  static SparseVector sparse(Object raw, SqlType type) throws SQLException {
    if (raw instanceof SparseVector sparse) {
      return sparse;
    }
    if (raw instanceof String text) {
      return SparseVector.parse(text);
    }
    throw cannot(raw, type, "SparseVector");
  }

  /** Elements as {@link #natural} gives them. */
  static List<@Nullable Object> list(Object raw, SqlType type) throws SQLException {
    List<@Nullable Object> list = new ArrayList<>();
    if (raw instanceof List<?> elements) {
      for (@Nullable Object element : elements) {
        list.add(element == null ? null : natural(element, type.elementOrText()));
      }
    } else if (type.kind() == SqlKind.VECTOR) {
      for (float component : vector(raw, type)) {
        list.add(component);
      }
    } else if (type.kind() == SqlKind.MULTIVECTOR) {
      list.addAll(List.of(vectors(raw, type)));
    } else {
      throw cannot(raw, type, "List");
    }
    return list;
  }

  static Array array(Object raw, SqlType type) throws SQLException {
    SqlKind element =
        switch (type.kind()) {
          case VECTOR -> SqlKind.REAL;
          case MULTIVECTOR -> SqlKind.VECTOR;
          default -> type.elementOrText().kind();
        };
    return new QuiverArray(element, list(raw, type));
  }

  static SQLException cannot(Object raw, SqlType type, String wanted) {
    String shown =
        raw instanceof String text
            ? (text.length() <= 60 ? text : text.substring(0, 60) + "…")
            : "";
    return SqlErrors.invalidValue(
        "Cannot read "
            + (shown.isEmpty() ? "a value" : "'" + shown + "'")
            + " of type "
            + type.name()
            + " as "
            + wanted);
  }

  private static SQLException tooLarge(Object raw, String name) {
    return SqlErrors.outOfRange("Value " + raw + " is out of range for " + name);
  }
}
