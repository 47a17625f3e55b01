package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SparseVector;
import io.quiver.jdbc.SqlErrors;
import io.quiver.jdbc.VectorForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an application gives as a parameter, as one of the few classes that travel on: Boolean,
 * numbers, String, byte[], UUID, java.time, float[], float[][], {@link SparseVector}, List.
 *
 * <p>Objects of other classes go on as they are; whoever takes them says whether it can.
 */
final class ParameterValue {
  private ParameterValue() {}

  /**
   * @param x not null
   * @param zone in which java.sql's dates are read; the JVM's where null
   */
  static Object of(Object x, SqlType type, @Nullable Calendar zone) throws SQLException {
    if (x instanceof String || x instanceof Boolean || x instanceof Number) {
      return number(x);
    }
    if (x instanceof float[] vector && type.kind() != SqlKind.ARRAY) {
      return vector;
    }
    if (x instanceof byte[] bytes) {
      return bytes(bytes, type);
    }
    if (x.getClass().isArray() || x instanceof Collection<?>) {
      return several(x, type, zone);
    }
    if (x instanceof java.util.Date || x instanceof Calendar) {
      return legacyTime(x, type, zone);
    }
    return other(x, type, zone);
  }

  private static Object number(Object x) {
    return x instanceof BigInteger whole ? new BigDecimal(whole) : x;
  }

  private static Object bytes(byte[] bytes, SqlType type) throws SQLException {
    if (type.kind() != SqlKind.VECTOR) {
      return bytes;
    }
    if (!type.holdsBytes() || (bytes.length != type.precision() && bytes.length % 4 == 0)) {
      return VectorForm.vectorOf(bytes);
    }
    float[] vector = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      vector[i] = bytes[i];
    }
    return vector;
  }

  /** An array or a collection: a vector, several vectors, or a list, as the parameter wants it. */
  private static Object several(Object x, SqlType type, @Nullable Calendar zone)
      throws SQLException {
    @Nullable Object[] elements = elements(x);
    if (type.kind() != SqlKind.ARRAY) {
      if (type.kind() == SqlKind.MULTIVECTOR || isOfSeveral(x, elements)) {
        float[][] vectors = new float[elements.length][];
        for (int i = 0; i < vectors.length; i++) {
          vectors[i] = vector(elements[i], "vector " + (i + 1));
        }
        return vectors;
      }
      if (type.kind() == SqlKind.VECTOR || (x.getClass().isArray() && isOfNumbers(x))) {
        return vector(x, "the vector");
      }
    }
    List<@Nullable Object> list = new ArrayList<>(elements.length);
    for (@Nullable Object element : elements) {
      list.add(element == null ? null : of(element, type.elementOrText(), zone));
    }
    return list;
  }

  private static boolean isOfSeveral(Object x, @Nullable Object[] elements) {
    if (x instanceof float[][] || x instanceof double[][]) {
      return true;
    }
    return elements.length > 0
        && (elements[0] instanceof float[]
            || elements[0] instanceof double[]
            || elements[0] instanceof Float[]
            || elements[0] instanceof Double[]
            || elements[0] instanceof Collection<?>);
  }

  private static boolean isOfNumbers(Object array) {
    Class<?> component = array.getClass().getComponentType();
    return component == float.class
        || component == double.class
        || component == Float.class
        || component == Double.class;
  }

  private static @Nullable Object[] elements(Object x) {
    if (x instanceof Object[] objects) {
      return objects;
    }
    if (x instanceof Collection<?> collection) {
      return collection.toArray();
    }
    @Nullable Object[] boxed = new @Nullable Object[java.lang.reflect.Array.getLength(x)];
    Arrays.setAll(boxed, i -> java.lang.reflect.Array.get(x, i));
    return boxed;
  }

  private static float[] vector(@Nullable Object x, String what) throws SQLException {
    if (x instanceof float[] vector) {
      return vector;
    }
    if (x instanceof double[] wide) {
      float[] vector = new float[wide.length];
      for (int i = 0; i < wide.length; i++) {
        vector[i] = (float) wide[i];
      }
      return vector;
    }
    if (x instanceof String text) {
      return VectorForm.vectorOf(text);
    }
    if (x == null || !(x.getClass().isArray() || x instanceof Collection<?>)) {
      throw SqlErrors.invalidValue(
          "Invalid vector: "
              + what
              + " is "
              + (x == null ? "null" : "a " + x.getClass().getSimpleName())
              + ", not numbers");
    }
    @Nullable Object[] elements = elements(x);
    float[] vector = new float[elements.length];
    for (int i = 0; i < vector.length; i++) {
      if (!(elements[i] instanceof Number component)) {
        throw SqlErrors.invalidValue(
            "Invalid vector: component " + (i + 1) + " is " + elements[i] + ", not a number");
      }
      vector[i] = component.floatValue();
    }
    return vector;
  }

  /** Dates of java.util and java.sql, read on the calendar's clock. */
  @SuppressWarnings("JavaUtilDate") // it is what JDBC is given
  private static Object legacyTime(Object x, SqlType type, @Nullable Calendar calendar) {
    ZoneId zone = calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
    if (x instanceof Date date) {
      return calendar == null ? date.toLocalDate() : at(date.getTime(), zone).toLocalDate();
    }
    if (x instanceof Time time) {
      return at(time.getTime(), zone).toLocalTime();
    }
    Instant instant =
        x instanceof Timestamp timestamp
            ? timestamp.toInstant()
            : x instanceof Calendar moment
                ? moment.toInstant()
                : Instant.ofEpochMilli(((java.util.Date) x).getTime());
    if (type.kind() == SqlKind.TIMESTAMP_TZ) {
      return instant.atOffset(ZoneOffset.UTC);
    }
    return calendar == null && x instanceof Timestamp timestamp
        ? timestamp.toLocalDateTime()
        : LocalDateTime.ofInstant(instant, zone);
  }

  private static LocalDateTime at(long millis, ZoneId zone) {
    return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone);
  }

  private static Object other(Object x, SqlType type, @Nullable Calendar zone) throws SQLException {
    if (x instanceof java.sql.Array array) {
      Object elements = array.getArray();
      return elements == null ? new ArrayList<>() : several(elements, type, zone);
    } else if (x instanceof Map<?, ?> weights) {
      return SparseVector.of(weights);
    } else if (x instanceof Instant instant) {
      return type.kind() == SqlKind.TIMESTAMP
          ? LocalDateTime.ofInstant(instant, ZoneId.systemDefault())
          : instant.atOffset(ZoneOffset.UTC);
    } else if (x instanceof ZonedDateTime zoned) {
      return ofOffset(zoned.toOffsetDateTime(), type);
    } else if (x instanceof OffsetDateTime offset) {
      return ofOffset(offset, type);
    } else if (x instanceof LocalDateTime local && type.kind() == SqlKind.TIMESTAMP_TZ) {
      return local.atZone(ZoneId.systemDefault()).toOffsetDateTime();
    } else if (x instanceof OffsetTime time) {
      return time.toLocalTime();
    } else if (x instanceof Enum<?> constant) {
      return constant.name();
    } else if (x instanceof CharSequence || x instanceof Character || x instanceof URL) {
      return x.toString();
    } else if (x instanceof Clob text) {
      return text(text.getCharacterStream(), Long.MAX_VALUE);
    } else if (x instanceof Blob bytes) {
      return bytes(bytes(bytes.getBinaryStream(), Long.MAX_VALUE), type);
    } else if (x instanceof Reader reader) {
      return text(reader, Long.MAX_VALUE);
    } else if (x instanceof InputStream in) {
      return bytes(bytes(in, Long.MAX_VALUE), type);
    } else if (x instanceof SQLXML
        || x instanceof RowId
        || x instanceof Ref
        || x instanceof Struct) {
      throw SqlErrors.unsupported(
          "Quiver has no type for a parameter of class " + x.getClass().getName());
    }
    return x;
  }

  private static Object ofOffset(OffsetDateTime moment, SqlType type) {
    return switch (type.kind()) {
      case TIMESTAMP -> moment.atZoneSameInstant(ZoneId.systemDefault()).toLocalDateTime();
      case DATE -> moment.toLocalDate();
      case TIME -> moment.toLocalTime();
      default -> moment;
    };
  }

  /** At most so many characters of a stream. */
  static String text(Reader reader, long most) throws SQLException {
    try (reader) {
      StringWriter text = new StringWriter();
      char[] buffer = new char[8192];
      long left = most;
      while (left > 0) {
        int read = reader.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          break;
        }
        text.write(buffer, 0, read);
        left -= read;
      }
      return text.toString();
    } catch (IOException e) {
      throw SqlErrors.of("58030", 0, "Cannot read the parameter's stream: " + e.getMessage(), e);
    }
  }

  /** At most so many bytes of a stream. */
  static byte[] bytes(InputStream in, long most) throws SQLException {
    try (in) {
      return in.readNBytes((int) Math.min(Integer.MAX_VALUE, most));
    } catch (IOException e) {
      throw SqlErrors.of("58030", 0, "Cannot read the parameter's stream: " + e.getMessage(), e);
    }
  }
}
