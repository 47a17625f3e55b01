package io.quiver.planner;

import io.quiver.planner.expression.CastValue;
import io.quiver.planner.expression.VectorProblems;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import io.quiver.sql.type.MalformedVectorException;
import io.quiver.sql.type.QuiverTypeFactory;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Brings a value given in any class into the class of the type it is wanted in. */
public final class ParameterValues {
  private ParameterValues() {}

  /**
   * The value in the class {@link ResultType} names.
   *
   * @param position of the parameter, from 1, for messages
   */
  public static @Nullable Object convert(@Nullable Object value, RelDataType type, int position) {
    if (value == null) {
      return null;
    }
    try {
      return convert(plain(value), type);
    } catch (MalformedVectorException e) {
      SqlProblem problem = VectorProblems.of(e).problem();
      throw new SqlProblem(
              problem.code(),
              problem.position(),
              "parameter " + position + ": " + problem.message(),
              problem.remedy())
          .asException();
    } catch (SqlProblemException e) {
      SqlProblem problem = e.problem();
      throw new SqlProblem(
              problem.code(),
              problem.position(),
              "parameter " + position + ": " + problem.message(),
              problem.remedy())
          .asException();
    } catch (IllegalArgumentException
        | ArithmeticException
        | java.time.DateTimeException
        | SQLException e) {
      throw unreadable(value, type, position);
    }
  }

  private static SqlProblemException unreadable(Object value, RelDataType type, int position) {
    String text = String.valueOf(value);
    return SqlProblem.of(
            ErrorCode.VALUE_INVALID,
            "parameter "
                + position
                + " is "
                + value.getClass().getSimpleName()
                + " "
                + (text.length() > 40 ? text.substring(0, 40) + "…" : text)
                + ", which does not read as "
                + type,
            "bind a value of that type.")
        .asException();
  }

  /** Classes of JDBC and java.time as those plans handle. */
  private static Object plain(Object value) throws SQLException {
    return switch (value) {
      case java.sql.Array array -> plain(array.getArray());
      case java.sql.Date date -> date.toLocalDate();
      case java.sql.Time time -> time.toLocalTime();
      case java.sql.Timestamp timestamp -> timestamp.toLocalDateTime();
      case java.util.Date date -> date.toInstant();
      case ByteString bytes -> bytes.getBytes();
      case BigInteger big -> new BigDecimal(big);
      case Byte small -> small.shortValue();
      case Character c -> c.toString();
      case Enum<?> constant -> constant.name();
      default -> value;
    };
  }

  private static @Nullable Object convert(Object value, RelDataType type) throws SQLException {
    if (QuiverTypeFactory.isVectorLike(type)) {
      return CastValue.cast(value, type, type);
    }
    return switch (type.getSqlTypeName()) {
      case CHAR, VARCHAR -> text(value);
      case DATE -> date(value, type);
      case TIME -> time(value, type);
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> timestamp(value, type);
      case ARRAY, MULTISET -> elements(value, type);
      case BINARY, VARBINARY ->
          value instanceof byte[] ? value : CastValue.cast(value, sourceType(value), type);
      case ANY, UNKNOWN, NULL, OTHER -> untyped(value);
      default -> CastValue.cast(value, sourceType(value), type);
    };
  }

  private static RelDataType sourceType(Object value) {
    SqlTypeName name =
        switch (value) {
          case String text -> SqlTypeName.VARCHAR;
          case Boolean truth -> SqlTypeName.BOOLEAN;
          case Double d -> SqlTypeName.DOUBLE;
          case Float f -> SqlTypeName.REAL;
          case BigDecimal decimal -> SqlTypeName.DECIMAL;
          case Number number -> SqlTypeName.BIGINT;
          case java.util.UUID uuid -> SqlTypeName.UUID;
          case byte[] bytes -> SqlTypeName.VARBINARY;
          default -> throw new IllegalArgumentException("No SQL type for " + value.getClass());
        };
    return QuiverTypeFactory.INSTANCE.simple(name, false);
  }

  private static String text(Object value) {
    return switch (value) {
      case String text -> text;
      case BigDecimal decimal -> decimal.toPlainString();
      case byte[] bytes -> throw new IllegalArgumentException("Bytes are no text");
      case float[] vector -> io.quiver.sql.type.DenseVectorText.write(vector);
      default -> value.toString();
    };
  }

  private static Object date(Object value, RelDataType type) {
    return switch (value) {
      case LocalDate date -> (int) date.toEpochDay();
      case LocalDateTime moment -> (int) moment.toLocalDate().toEpochDay();
      case Instant instant -> (int) instant.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
      case OffsetDateTime moment -> (int) moment.toLocalDate().toEpochDay();
      case ZonedDateTime moment -> (int) moment.toLocalDate().toEpochDay();
      case Number days -> days.intValue();
      default -> cast(value, type);
    };
  }

  private static Object time(Object value, RelDataType type) {
    return switch (value) {
      case LocalTime time -> (int) (time.toNanoOfDay() / 1_000_000);
      case OffsetTime time -> (int) (time.toLocalTime().toNanoOfDay() / 1_000_000);
      case LocalDateTime moment -> (int) (moment.toLocalTime().toNanoOfDay() / 1_000_000);
      case Number millis -> millis.intValue();
      default -> cast(value, type);
    };
  }

  private static Object timestamp(Object value, RelDataType type) {
    return switch (value) {
      case LocalDateTime moment -> moment.toInstant(ZoneOffset.UTC).toEpochMilli();
      case LocalDate date -> date.toEpochDay() * 86_400_000L;
      case Instant instant -> instant.toEpochMilli();
      case OffsetDateTime moment -> moment.toInstant().toEpochMilli();
      case ZonedDateTime moment -> moment.toInstant().toEpochMilli();
      case Number millis -> millis.longValue();
      default -> cast(value, type);
    };
  }

  private static Object cast(Object value, RelDataType type) {
    Object cast = CastValue.cast(value, sourceType(value), type);
    if (cast == null) {
      throw new IllegalArgumentException("Not readable: " + value);
    }
    return cast;
  }

  private static List<@Nullable Object> elements(Object value, RelDataType type)
      throws SQLException {
    RelDataType component = type.getComponentType();
    List<@Nullable Object> converted = new ArrayList<>();
    for (Object element : list(value)) {
      converted.add(
          element == null || component == null ? element : convert(plain(element), component));
    }
    return converted;
  }

  private static Iterable<? extends @Nullable Object> list(Object value) {
    if (value instanceof Collection<?> many) {
      return many;
    }
    if (value instanceof String text) {
      return ArrayText.read(text);
    }
    if (value.getClass().isArray()) {
      List<@Nullable Object> elements = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        elements.add(Array.get(value, i));
      }
      return elements;
    }
    throw new IllegalArgumentException("Not an array: " + value.getClass());
  }

  /** A value whose type nobody knows keeps its class, if it is one that plans handle. */
  private static Object untyped(Object value) {
    return switch (value) {
      case LocalDate date -> (int) date.toEpochDay();
      case LocalTime time -> (int) (time.toNanoOfDay() / 1_000_000);
      case LocalDateTime moment -> moment.toInstant(ZoneOffset.UTC).toEpochMilli();
      case Instant instant -> instant.toEpochMilli();
      default -> value;
    };
  }

  /** Whether a type holds text. */
  static boolean isText(RelDataType type) {
    return SqlTypeUtil.inCharFamily(type);
  }
}
