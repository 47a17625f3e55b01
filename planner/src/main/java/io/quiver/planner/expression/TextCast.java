package io.quiver.planner.expression;

import io.quiver.sql.type.DenseVectorText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.apache.calcite.rel.type.RelDataType;

/** Text read as a value of another type. */
public final class TextCast {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("H:mm[:ss]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private TextCast() {}

  /** The value; a problem naming text and type where it does not read as one. */
  public static Object read(String text, RelDataType type) {
    String trimmed = text.strip();
    try {
      return switch (type.getSqlTypeName()) {
        case BOOLEAN -> truth(trimmed);
        case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL ->
            NumberCast.to(type, new BigDecimal(trimmed));
        case REAL -> inRange(Float.parseFloat(trimmed), trimmed, type);
        case FLOAT, DOUBLE -> inRange(Double.parseDouble(trimmed), trimmed, type);
        case DATE -> Math.toIntExact(date(trimmed).toEpochDay());
        case TIME -> (int) (LocalTime.parse(trimmed, TIME).toNanoOfDay() / 1_000_000);
        case TIMESTAMP -> timestamp(trimmed).toInstant(ZoneOffset.UTC).toEpochMilli();
        case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> instant(trimmed).toEpochMilli();
        case UUID -> UUID.fromString(trimmed);
        case BINARY, VARBINARY ->
            HexFormat.of().parseHex(trimmed.startsWith("\\x") ? trimmed.substring(2) : trimmed);
        case CHAR, VARCHAR -> text;
        case ARRAY ->
            throw EvaluationProblem.noCast(
                "text", type, "write it as ARRAY['a', 'b'], or bind it as an array.");
        default -> throw new UnsupportedExpressionException("CAST of text to " + type);
      };
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException doesNotRead) {
      throw EvaluationProblem.notReadable(text, type.toString());
    }
  }

  /** Digits too many for the type are not infinity, which has to be said in a word. */
  private static <N extends Number> N inRange(N read, String text, RelDataType type) {
    if (Double.isInfinite(read.doubleValue()) && !text.endsWith("Infinity")) {
      throw EvaluationProblem.outOfRange(text, type.toString());
    }
    return read;
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "t", "yes", "on", "1" -> true;
      case "false", "f", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  /** A date, or the date of a timestamp. */
  private static LocalDate date(String text) {
    return text.length() > 10 ? timestamp(text).toLocalDate() : LocalDate.parse(text);
  }

  private static LocalDateTime timestamp(String text) {
    if (text.length() <= 10) {
      return LocalDate.parse(text).atStartOfDay();
    }
    LocalDate day = LocalDate.parse(text.substring(0, 10));
    String rest = text.substring(11).strip();
    int zone = zoneStart(rest);
    if (zone >= 0) {
      return LocalDateTime.ofInstant(instant(text), ZoneOffset.UTC);
    }
    return day.atTime(LocalTime.parse(rest, TIME));
  }

  /** A moment; text without a zone is taken as UTC. */
  private static Instant instant(String text) {
    if (text.length() <= 10) {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    LocalDate day = LocalDate.parse(text.substring(0, 10));
    String rest = text.substring(11).strip();
    int zone = zoneStart(rest);
    if (zone < 0) {
      return day.atTime(LocalTime.parse(rest, TIME)).toInstant(ZoneOffset.UTC);
    }
    String offset = rest.substring(zone).strip();
    ZoneOffset shift = offset.equals("UTC") ? ZoneOffset.UTC : ZoneOffset.of(offset);
    return OffsetDateTime.of(day, LocalTime.parse(rest.substring(0, zone).strip(), TIME), shift)
        .toInstant();
  }

  private static int zoneStart(String time) {
    for (int i = 0; i < time.length(); i++) {
      char c = time.charAt(i);
      if (c == '+' || c == '-' || c == 'Z' || c == 'U') {
        return i;
      }
    }
    return -1;
  }

  /** A vector for messages and text output. */
  static String vector(float[] vector) {
    return DenseVectorText.write(vector);
  }
}
