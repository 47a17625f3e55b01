package io.quiver.jdbc.meta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.jdbc.SparseVector;
import io.quiver.jdbc.VectorForm;
import io.quiver.planner.ResultType;
import java.sql.SQLException;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.remote.TypedValue;
import org.apache.calcite.avatica.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Parameters as Avatica brings them, in the classes the database takes.
 *
 * <p>A vector may come as an object, as base64, as text, as bytes or as a list of numbers: it is
 * known by its value, so that clients which know nothing of Quiver can send one too.
 */
final class Parameters {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Parameters() {}

  static @Nullable Object[] of(List<TypedValue> given, List<ResultType> types) {
    if (given.size() != types.size()) {
      throw Translation.problem(
          "07001",
          0,
          "The statement has " + types.size() + " parameters; " + given.size() + " are given");
    }
    @Nullable Object[] values = new @Nullable Object[given.size()];
    for (int i = 0; i < values.length; i++) {
      TypedValue typed = given.get(i);
      if (typed == null) {
        throw Translation.problem("07001", 0, "Parameter " + (i + 1) + " is not set");
      }
      values[i] = value(typed.toLocal(), types.get(i), i + 1);
    }
    return values;
  }

  private static @Nullable Object value(@Nullable Object local, ResultType type, int number) {
    if (local instanceof byte[] bytes && type.kind() == ResultType.Kind.VECTOR) {
      return vector(bytes);
    }
    if (local == null
        || local instanceof Number
        || local instanceof Boolean
        || local instanceof float[]
        || local instanceof float[][]
        || local instanceof byte[]
        || local instanceof UUID
        || local instanceof TemporalAccessor
        || local instanceof SparseVectorValue) {
      return local;
    }
    if (local instanceof String text) {
      return text(text, type);
    }
    if (local instanceof SparseVector sparse) {
      return sparse(sparse);
    }
    if (local instanceof ByteString bytes) {
      return bytes.getBytes();
    }
    if (local instanceof Character letter) {
      return letter.toString();
    }
    if (local instanceof List<?> list) {
      return list(list, type, number);
    }
    throw Translation.problem(
        "22018",
        0,
        "Parameter "
            + number
            + " is a "
            + local.getClass().getName()
            + ", which cannot be read as "
            + type.name());
  }

  /** Of little-endian float32, four bytes a component. */
  private static float[] vector(byte[] bytes) {
    try {
      return VectorForm.vectorOf(bytes);
    } catch (SQLException e) {
      throw Translation.of(e);
    }
  }

  private static Object sparse(SparseVector sparse) {
    try {
      return new SparseVectorValue(sparse.indices(), sparse.values());
    } catch (IllegalArgumentException e) {
      throw Translation.problem("22000", 0, String.valueOf(e.getMessage()));
    }
  }

  private static Object text(String text, ResultType type) {
    try {
      return switch (type.kind()) {
        case VECTOR -> VectorForm.isBase64(text) ? VectorForm.vectorOf(text) : text;
        case MULTIVECTOR -> VectorForm.isBase64(text) ? VectorForm.vectorsOf(text) : text;
        case ARRAY -> text.startsWith("[") ? JSON.readValue(text, List.class) : text;
        default -> text;
      };
    } catch (SQLException e) {
      throw Translation.of(e);
    } catch (JsonProcessingException e) {
      throw Translation.problem(
          "22018", 0, "'" + text + "' is not an array: " + e.getOriginalMessage());
    }
  }

  /** Elements may be typed values again: protobuf keeps them so. */
  private static Object list(List<?> list, ResultType type, int number) {
    List<@Nullable Object> elements = new ArrayList<>(list.size());
    ResultType element = type.element().orElse(type);
    boolean plain = type.kind() == ResultType.Kind.ARRAY;
    for (@Nullable Object each : list) {
      Object local = each instanceof TypedValue typed ? typed.toLocal() : each;
      elements.add(plain ? value(local, element, number) : local);
    }
    return type.kind() == ResultType.Kind.VECTOR ? vector(elements, number) : elements;
  }

  private static float[] vector(List<@Nullable Object> elements, int number) {
    float[] vector = new float[elements.size()];
    for (int i = 0; i < vector.length; i++) {
      Object component = elements.get(i);
      if (!(component instanceof Number n)) {
        throw Translation.problem(
            "22018",
            0,
            "Component " + (i + 1) + " of the vector in parameter " + number + " is no number");
      }
      vector[i] = n.floatValue();
    }
    return vector;
  }
}
