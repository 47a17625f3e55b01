package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SparseVector;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;

/**
 * What a column or a parameter holds, as JDBC sees it.
 *
 * <p>On the wire vectors, UUIDs and JSON are VARCHAR, so that clients which know nothing of Quiver
 * read and write them as text; the name of the type says what they are.
 */
public enum SqlKind {
  BOOLEAN(Types.BOOLEAN, Boolean.class),
  SMALLINT(Types.SMALLINT, Integer.class),
  INTEGER(Types.INTEGER, Integer.class),
  BIGINT(Types.BIGINT, Long.class),
  REAL(Types.REAL, Float.class),
  DOUBLE(Types.DOUBLE, Double.class),
  DECIMAL(Types.DECIMAL, BigDecimal.class),
  VARCHAR(Types.VARCHAR, String.class),
  JSON(Types.VARCHAR, String.class),
  DATE(Types.DATE, Date.class),
  TIME(Types.TIME, Time.class),
  TIMESTAMP(Types.TIMESTAMP, Timestamp.class),
  TIMESTAMP_TZ(Types.TIMESTAMP_WITH_TIMEZONE, OffsetDateTime.class),
  UUID(Types.OTHER, UUID.class),
  VARBINARY(Types.VARBINARY, byte[].class),
  ARRAY(Types.ARRAY, Array.class),
  VECTOR(Types.OTHER, float[].class),
  SPARSEVEC(Types.OTHER, SparseVector.class),
  MULTIVECTOR(Types.OTHER, float[][].class),
  INTERVAL(Types.OTHER, Long.class),
  UNKNOWN(Types.OTHER, Object.class);

  private final int jdbcType;
  private final Class<?> javaClass;

  SqlKind(int jdbcType, Class<?> javaClass) {
    this.jdbcType = jdbcType;
    this.javaClass = javaClass;
  }

  /** The constant of {@link Types} that the driver reports. */
  public int jdbcType() {
    return jdbcType;
  }

  /** The class that {@code getObject} gives. */
  public Class<?> javaClass() {
    return javaClass;
  }

  /** Whether values are numbers. */
  public boolean isNumeric() {
    return switch (this) {
      case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  /** The kind of a type as SQL writes it, such as {@code VARCHAR(20)} or {@code REAL ARRAY}. */
  public static SqlKind named(String sqlName) {
    String name = sqlName.trim().toUpperCase(Locale.ROOT);
    if (name.endsWith(" ARRAY") || name.endsWith("[]")) {
      return ARRAY;
    }
    if (name.startsWith("TIMESTAMP") && name.endsWith("WITH TIME ZONE")) {
      return TIMESTAMP_TZ;
    }
    int end = name.indexOf('(');
    String plain = end < 0 ? name : name.substring(0, end).trim();
    return switch (plain) {
      case "TINYINT" -> SMALLINT;
      case "INT" -> INTEGER;
      case "FLOAT", "DOUBLE PRECISION" -> DOUBLE;
      case "NUMERIC" -> DECIMAL;
      case "CHAR", "CHARACTER", "TEXT", "CHARACTER VARYING", "STRING" -> VARCHAR;
      case "BINARY", "BINARY VARYING", "BYTEA" -> VARBINARY;
      case "HALFVEC" -> VECTOR;
      default -> {
        if (plain.startsWith("INTERVAL")) {
          yield INTERVAL;
        }
        for (SqlKind kind : values()) {
          if (kind.name().equals(plain)) {
            yield kind;
          }
        }
        yield UNKNOWN;
      }
    };
  }

  /** The kind of a type on the wire: by its name where that says more than its number. */
  static SqlKind of(int wireType, String typeName) {
    String name = typeName.toUpperCase(Locale.ROOT);
    int end = name.indexOf('(');
    String plain = end < 0 ? name : name.substring(0, end).trim();
    return switch (plain) {
      case "VECTOR" -> VECTOR;
      case "MULTIVECTOR" -> MULTIVECTOR;
      case "SPARSEVEC" -> SPARSEVEC;
      case "UUID" -> UUID;
      case "JSON" -> JSON;
      default -> plain.startsWith("INTERVAL") ? INTERVAL : of(wireType);
    };
  }

  private static SqlKind of(int wireType) {
    return switch (wireType) {
      case Types.BOOLEAN, Types.BIT -> BOOLEAN;
      case Types.TINYINT, Types.SMALLINT -> SMALLINT;
      case Types.INTEGER -> INTEGER;
      case Types.BIGINT -> BIGINT;
      case Types.REAL -> REAL;
      case Types.FLOAT, Types.DOUBLE -> DOUBLE;
      case Types.DECIMAL, Types.NUMERIC -> DECIMAL;
      case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR, Types.CLOB ->
          VARCHAR;
      case Types.DATE -> DATE;
      case Types.TIME -> TIME;
      case Types.TIMESTAMP -> TIMESTAMP;
      case Types.TIMESTAMP_WITH_TIMEZONE -> TIMESTAMP_TZ;
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> VARBINARY;
      case Types.ARRAY -> ARRAY;
      default -> UNKNOWN;
    };
  }
}
