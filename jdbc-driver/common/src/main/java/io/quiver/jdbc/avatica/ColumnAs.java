package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SparseVector;
import io.quiver.jdbc.SqlErrors;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What {@code getObject(i, Class)} gives: one entry a class. */
final class ColumnAs {
  /** Reads a value that is not null as one class. */
  @FunctionalInterface
  private interface Reading<T> {
    T read(Object raw, SqlType type) throws SQLException;
  }

  private static final Map<Class<?>, Reading<?>> READINGS = new HashMap<>();

  private static <T> void add(Class<T> wanted, Reading<? extends T> reading) {
    READINGS.put(wanted, reading);
  }

  static {
    add(Object.class, ColumnValue::natural);
    add(String.class, ColumnValue::text);
    add(CharSequence.class, ColumnValue::text);
    add(Boolean.class, ColumnValue::bool);
    add(
        Byte.class,
        (v, t) -> (byte) ColumnValue.whole(v, t, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte"));
    add(
        Short.class,
        (v, t) -> (short) ColumnValue.whole(v, t, Short.MIN_VALUE, Short.MAX_VALUE, "short"));
    add(
        Integer.class,
        (v, t) -> (int) ColumnValue.whole(v, t, Integer.MIN_VALUE, Integer.MAX_VALUE, "int"));
    add(Long.class, ColumnValue::whole);
    add(Float.class, (v, t) -> (float) ColumnValue.floating(v, t));
    add(Double.class, ColumnValue::floating);
    add(Number.class, ColumnValue::decimal);
    add(BigDecimal.class, ColumnValue::decimal);
    add(
        BigInteger.class,
        (v, t) -> ColumnValue.decimal(v, t).setScale(0, RoundingMode.DOWN).toBigInteger());
    add(byte[].class, ColumnValue::bytes);
    add(UUID.class, ColumnValue::uuid);
    addTimes();
    addVectors();
    addLobs();
  }

  private ColumnAs() {}

  private static void addTimes() {
    add(Date.class, (v, t) -> ColumnTime.date(v, t, null));
    add(Time.class, (v, t) -> ColumnTime.time(v, t, null));
    add(Timestamp.class, (v, t) -> ColumnTime.timestamp(v, t, null));
    add(java.util.Date.class, (v, t) -> ColumnTime.timestamp(v, t, null));
    add(LocalDate.class, ColumnTime::localDate);
    add(LocalTime.class, ColumnTime::localTime);
    add(LocalDateTime.class, ColumnTime::localDateTime);
    add(OffsetDateTime.class, ColumnTime::offset);
    add(
        ZonedDateTime.class,
        (v, t) -> ColumnTime.offset(v, t).atZoneSameInstant(ZoneId.systemDefault()));
    add(Instant.class, (v, t) -> ColumnTime.offset(v, t).toInstant());
  }

  private static void addVectors() {
    add(float[].class, ColumnValue::vector);
    add(float[][].class, ColumnValue::vectors);
    add(double[].class, ColumnAs::doubles);
    add(Float[].class, (v, t) -> ColumnValue.list(v, t).toArray(Float[]::new));
    add(SparseVector.class, ColumnValue::sparse);
    add(Map.class, (v, t) -> ColumnValue.sparse(v, t).toMap());
    add(List.class, ColumnValue::list);
    add(Collection.class, ColumnValue::list);
    add(Array.class, ColumnValue::array);
    add(Object[].class, (v, t) -> ColumnValue.list(v, t).toArray());
  }

  private static void addLobs() {
    add(Clob.class, (v, t) -> new MemoryClob(ColumnValue.text(v, t)));
    add(NClob.class, (v, t) -> new MemoryClob(ColumnValue.text(v, t)));
    add(Blob.class, (v, t) -> new MemoryBlob(ColumnValue.bytes(v, t)));
    add(Reader.class, (v, t) -> new java.io.StringReader(ColumnValue.text(v, t)));
    add(InputStream.class, (v, t) -> new java.io.ByteArrayInputStream(ColumnValue.bytes(v, t)));
  }

  /** The value as an object of that class. */
  static <T> T read(Object raw, SqlType type, Class<T> wanted) throws SQLException {
    Class<T> boxed = boxed(wanted);
    Reading<?> reading = READINGS.get(boxed);
    if (reading != null) {
      return boxed.cast(reading.read(raw, type));
    }
    if (boxed.isInstance(raw)) {
      return boxed.cast(raw);
    }
    if (boxed.isArray()) {
      return boxed.cast(arrayOf(raw, type, boxed.getComponentType()));
    }
    if (boxed.isEnum()) {
      return constant(ColumnValue.text(raw, type), boxed);
    }
    throw SqlErrors.invalidValue(
        "Cannot read a value of type " + type.name() + " as " + wanted.getName());
  }

  private static double[] doubles(Object raw, SqlType type) throws SQLException {
    float[] vector = ColumnValue.vector(raw, type);
    double[] wide = new double[vector.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = vector[i];
    }
    return wide;
  }

  private static Object arrayOf(Object raw, SqlType type, Class<?> component) throws SQLException {
    List<@Nullable Object> elements = ColumnValue.list(raw, type);
    Object array = java.lang.reflect.Array.newInstance(component, elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Object element = elements.get(i);
      if (element == null && component.isPrimitive()) {
        throw SqlErrors.invalidValue(
            "Cannot read an array with a null as " + component.getName() + "[]");
      }
      java.lang.reflect.Array.set(
          array, i, element == null ? null : read(element, elementType(type), component));
    }
    return array;
  }

  private static SqlType elementType(SqlType type) {
    return type.kind() == SqlKind.VECTOR
        ? new SqlType(SqlKind.REAL, "REAL", 0, 0, java.util.Optional.empty())
        : type.elementOrText();
  }

  private static <T> T constant(String name, Class<T> wanted) throws SQLException {
    for (T constant : wanted.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(name)) {
        return constant;
      }
    }
    throw SqlErrors.invalidValue("'" + name + "' is not a constant of " + wanted.getName());
  }

  @SuppressWarnings("unchecked")
  private static <T> Class<T> boxed(Class<T> wanted) {
    return wanted.isPrimitive()
        ? (Class<T>) java.lang.invoke.MethodType.methodType(wanted).wrap().returnType()
        : wanted;
  }
}
