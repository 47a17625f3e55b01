package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SparseVector;
import io.quiver.jdbc.SqlErrors;
import io.quiver.jdbc.VectorForm;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** How a parameter reaches the database. */
public enum ValueForm {
  /** As the object it is: the database is in this process. */
  OBJECT {
    @Override
    TypedValue of(Object value, SqlType type) {
      return TypedValue.ofLocal(Rep.OBJECT, value);
    }
  },
  /** As something that Avatica's protocol carries: the database is behind a server. */
  WIRE {
    @Override
    TypedValue of(Object value, SqlType type) throws SQLException {
      if (value instanceof String text) {
        return text(text);
      } else if (value instanceof Boolean) {
        return TypedValue.ofLocal(Rep.BOOLEAN, value);
      } else if (value instanceof Long
          || value instanceof Integer
          || value instanceof Short
          || value instanceof Byte) {
        return TypedValue.ofLocal(Rep.LONG, ((Number) value).longValue());
      } else if (value instanceof Double || value instanceof Float) {
        return TypedValue.ofLocal(Rep.DOUBLE, ((Number) value).doubleValue());
      } else if (value instanceof BigDecimal) {
        return TypedValue.ofLocal(Rep.NUMBER, value);
      } else if (value instanceof byte[] bytes) {
        return bytes(bytes.clone());
      } else if (value instanceof float[] vector) {
        return type.kind() == SqlKind.VECTOR
            ? bytes(VectorForm.bytes(vector))
            : text(VectorForm.base64(vector));
      } else if (value instanceof float[][] vectors) {
        return text(VectorForm.base64(vectors));
      } else if (value instanceof List<?> list) {
        return text(json(list));
      } else if (value instanceof LocalDateTime moment) {
        return text(Timestamp.valueOf(moment).toString());
      } else if (value instanceof UUID
          || value instanceof LocalDate
          || value instanceof LocalTime
          || value instanceof OffsetDateTime
          || value instanceof SparseVector) {
        return text(value.toString());
      }
      throw SqlErrors.invalidValue(
          "Cannot send a " + value.getClass().getName() + " as a parameter");
    }

    /** As an object: Avatica's bytes are base64 until they are sent. */
    private static TypedValue bytes(byte[] bytes) {
      return TypedValue.ofLocal(Rep.OBJECT, bytes);
    }

    private static TypedValue text(String text) {
      return TypedValue.ofLocal(Rep.STRING, text);
    }
  };

  /**
   * A value that {@link ParameterValue} made, as Avatica carries it.
   *
   * @param type of the parameter
   */
  abstract TypedValue of(Object value, SqlType type) throws SQLException;

  /** Null is null in both forms. */
  static TypedValue nothing() {
    return TypedValue.EXPLICIT_NULL;
  }

  /** Elements as a JSON array: Avatica's own arrays lose the type of their elements. */
  private static String json(List<?> list) {
    List<String> parts = new ArrayList<>();
    for (@Nullable Object element : list) {
      boolean plain = element == null || element instanceof Number || element instanceof Boolean;
      parts.add(plain ? String.valueOf(element) : quoted(String.valueOf(element)));
    }
    return "[" + String.join(",", parts) + "]";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
