package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An array of SQL: elements of one kind, any of which may be null. */
final class QuiverArray implements Array {
  private final SqlKind kind;
  private @Nullable List<? extends @Nullable Object> elements;

  QuiverArray(SqlKind kind, List<? extends @Nullable Object> elements) {
    this.kind = kind;
    this.elements = elements;
  }

  /** The kind that a name means, as any database spells it; UNKNOWN where none does. */
  static SqlKind kindNamed(String typeName) {
    String name = typeName.trim().toLowerCase(Locale.ROOT);
    int end = name.indexOf('(');
    return switch (end < 0 ? name : name.substring(0, end).trim()) {
      case "float4", "real", "float", "vector", "binary_float" -> SqlKind.REAL;
      case "float8", "double", "double precision", "binary_double" -> SqlKind.DOUBLE;
      case "int4", "int", "integer", "serial" -> SqlKind.INTEGER;
      case "int8", "bigint", "bigserial", "long" -> SqlKind.BIGINT;
      case "int2", "smallint", "tinyint", "short", "byte" -> SqlKind.SMALLINT;
      case "numeric", "decimal", "number" -> SqlKind.DECIMAL;
      case "bool", "boolean", "bit" -> SqlKind.BOOLEAN;
      case "uuid" -> SqlKind.UUID;
      case "date" -> SqlKind.DATE;
      case "time" -> SqlKind.TIME;
      case "timestamp", "datetime" -> SqlKind.TIMESTAMP;
      case "timestamptz", "timestamp with time zone" -> SqlKind.TIMESTAMP_TZ;
      case "bytea", "binary", "varbinary", "blob" -> SqlKind.VARBINARY;
      case "json", "jsonb" -> SqlKind.JSON;
      case "text",
          "varchar",
          "char",
          "character",
          "character varying",
          "string",
          "bpchar",
          "clob",
          "nvarchar",
          "nchar",
          "name" ->
          SqlKind.VARCHAR;
      default -> SqlKind.UNKNOWN;
    };
  }

  /** The elements, while it is not freed. */
  List<? extends @Nullable Object> elements() throws SQLException {
    List<? extends @Nullable Object> held = elements;
    if (held == null) {
      throw SqlErrors.misuse("24000", "The array is freed");
    }
    return held;
  }

  @Override
  public String getBaseTypeName() throws SQLException {
    elements();
    return kind.name();
  }

  @Override
  public int getBaseType() throws SQLException {
    elements();
    return kind.jdbcType();
  }

  /** An array of the element's class where all elements are of it, else of Object. */
  @Override
  public Object getArray() throws SQLException {
    return slice(elements());
  }

  @Override
  public Object getArray(@Nullable Map<String, Class<?>> map) throws SQLException {
    return getArray();
  }

  @Override
  public Object getArray(long index, int count) throws SQLException {
    List<? extends @Nullable Object> held = elements();
    if (index < 1 || count < 0 || index - 1 > held.size()) {
      throw SqlErrors.misuse(
          "2202E",
          "Invalid slice of an array of "
              + held.size()
              + ": from "
              + index
              + ", "
              + count
              + " elements");
    }
    int from = (int) index - 1;
    return slice(held.subList(from, (int) Math.min(held.size(), (long) from + count)));
  }

  @Override
  public Object getArray(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return getArray(index, count);
  }

  private Object slice(List<? extends @Nullable Object> part) {
    Class<?> wanted = kind.javaClass();
    boolean fits = part.stream().allMatch(e -> e == null || wanted.isInstance(e));
    @Nullable Object[] array =
        (@Nullable Object[])
            java.lang.reflect.Array.newInstance(fits ? wanted : Object.class, part.size());
    return part.toArray(array);
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    throw SqlErrors.unsupported("Read an array with getArray; it is not given as a result set");
  }

  @Override
  public ResultSet getResultSet(@Nullable Map<String, Class<?>> map) throws SQLException {
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count) throws SQLException {
    return getResultSet();
  }

  @Override
  public ResultSet getResultSet(long index, int count, @Nullable Map<String, Class<?>> map)
      throws SQLException {
    return getResultSet();
  }

  @Override
  public void free() {
    elements = null;
  }

  @Override
  public String toString() {
    return String.valueOf(elements);
  }
}
