package io.quiver.planner.transfer;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns a value of a {@link SourceRow} into one that a column of an SQL type takes. */
public final class FieldValue {
  private FieldValue() {}

  /**
   * The value for a column.
   *
   * @param sqlType the name of the column's type, with or without its size
   * @return in the class that JDBC sets such a column from
   * @throws IllegalArgumentException if the value does not read as the type; the message says what
   *     it is not
   */
  public static @Nullable Object of(@Nullable Object value, String sqlType) {
    if (value == null) {
      return null;
    }
    String type = sqlType.toUpperCase(Locale.ROOT);
    if (type.endsWith("ARRAY")) {
      return value;
    }
    String plain = type.indexOf('(') < 0 ? type : type.substring(0, type.indexOf('(')).strip();
    return switch (plain) {
      case "BOOLEAN" -> truth(value);
      case "SMALLINT", "INTEGER", "BIGINT" -> whole(value);
      case "REAL", "FLOAT", "DOUBLE", "DOUBLE PRECISION", "DECIMAL", "NUMERIC" -> number(value);
      case "DATE", "TIME", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "UUID" -> moment(value, type);
      case "VARCHAR", "CHAR", "TEXT" -> text(value);
      case "MULTIVECTOR" ->
          value instanceof List<?> none && none.isEmpty() ? new float[0][] : value;
      default -> value;
    };
  }

  private static Object truth(Object value) {
    if (value instanceof String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
      };
    }
    return value;
  }

  private static Object whole(Object value) {
    try {
      return switch (value) {
        case String text -> Long.valueOf(text.strip());
        case Double fraction
            when fraction == Math.rint(fraction) && Math.abs(fraction) < 1L << 53 ->
            fraction.longValue();
        case Double fraction ->
            throw new IllegalArgumentException(fraction + " is not a whole number");
        default -> value;
      };
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("'" + value + "' is not a whole number", notANumber);
    }
  }

  private static Object number(Object value) {
    try {
      return value instanceof String text ? new BigDecimal(text.strip()) : value;
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException("'" + value + "' is not a number", notANumber);
    }
  }

  private static Object moment(Object value, String type) {
    if (!(value instanceof String text)) {
      return value;
    }
    String iso = text.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T");
    try {
      return switch (type.replaceAll("\\(.*\\)", "")) {
        case "DATE" -> LocalDate.parse(iso.length() > 10 ? iso.substring(0, 10) : iso);
        case "TIME" -> LocalTime.parse(iso);
        case "UUID" -> UUID.fromString(iso);
        case "TIMESTAMP" -> timestamp(iso);
        default -> OffsetDateTime.parse(iso);
      };
    } catch (DateTimeParseException | IllegalArgumentException unreadable) {
      throw new IllegalArgumentException("'" + text + "' is not a " + type, unreadable);
    }
  }

  /** A timestamp with an offset is taken in UTC. */
  private static LocalDateTime timestamp(String iso) {
    if (iso.length() == 10) {
      return LocalDate.parse(iso).atStartOfDay();
    }
    boolean offset = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
    return offset
        ? OffsetDateTime.parse(iso).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
        : LocalDateTime.parse(iso);
  }

  private static Object text(Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean truth -> truth.toString();
      case BigDecimal exact -> exact.toPlainString();
      case Number number -> number.toString();
      case Temporal time -> time.toString();
      case UUID id -> id.toString();
      case byte[] bytes -> utf8(bytes);
      default ->
          throw new IllegalArgumentException("an array is not a text; the column could be JSON");
    };
  }

  /** Old writers of Parquet keep texts as bytes that are not said to be texts. */
  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notText) {
      throw new IllegalArgumentException(
          "bytes are not a text; the column could be VARBINARY", notText);
    }
  }
}
