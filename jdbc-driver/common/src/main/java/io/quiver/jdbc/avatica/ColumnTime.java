package io.quiver.jdbc.avatica;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times of a column.
 *
 * <p>They come as days since the epoch (DATE), milliseconds of the day (TIME), milliseconds since
 * the epoch on a clock without a zone (TIMESTAMP) or on UTC's (TIMESTAMP WITH TIME ZONE), or as
 * text. What has no zone is read on the clock of the calendar, or of the JVM.
 */
final class ColumnTime {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(TIME)
          .toFormatter();

  private ColumnTime() {}

  static String text(Object raw, SqlType type) throws SQLException {
    return switch (type.kind()) {
      case DATE -> localDate(raw, type).toString();
      case TIME -> TIME.format(localTime(raw, type));
      case TIMESTAMP -> TIMESTAMP.format(localDateTime(raw, type));
      default -> TIMESTAMP.format(offset(raw, type)) + "Z";
    };
  }

  static LocalDate localDate(Object raw, SqlType type) throws SQLException {
    return switch (type.kind()) {
      case DATE ->
          raw instanceof Number days
              ? LocalDate.ofEpochDay(days.longValue())
              : parse(raw, type, LocalDate::parse);
      case TIMESTAMP, TIMESTAMP_TZ -> localDateTime(raw, type).toLocalDate();
      case VARCHAR -> parse(raw, type, LocalDate::parse);
      default -> throw ColumnValue.cannot(raw, type, "a date");
    };
  }

  static LocalTime localTime(Object raw, SqlType type) throws SQLException {
    return switch (type.kind()) {
      case TIME ->
          raw instanceof Number millis
              ? LocalTime.ofNanoOfDay(millis.longValue() * 1_000_000)
              : parse(raw, type, LocalTime::parse);
      case TIMESTAMP, TIMESTAMP_TZ -> localDateTime(raw, type).toLocalTime();
      case VARCHAR -> parse(raw, type, LocalTime::parse);
      default -> throw ColumnValue.cannot(raw, type, "a time");
    };
  }

  static LocalDateTime localDateTime(Object raw, SqlType type) throws SQLException {
    return switch (type.kind()) {
      case DATE -> localDate(raw, type).atStartOfDay();
      case TIMESTAMP ->
          raw instanceof Number millis
              ? LocalDateTime.ofInstant(Instant.ofEpochMilli(millis.longValue()), ZoneOffset.UTC)
              : parse(raw, type, ColumnTime::parseTimestamp);
      case TIMESTAMP_TZ ->
          LocalDateTime.ofInstant(offset(raw, type).toInstant(), ZoneId.systemDefault());
      case VARCHAR -> parse(raw, type, ColumnTime::parseTimestamp);
      default -> throw ColumnValue.cannot(raw, type, "a timestamp");
    };
  }

  static OffsetDateTime offset(Object raw, SqlType type) throws SQLException {
    return switch (type.kind()) {
      case TIMESTAMP_TZ ->
          raw instanceof Number millis
              ? Instant.ofEpochMilli(millis.longValue()).atOffset(ZoneOffset.UTC)
              : parse(raw, type, ColumnTime::parseOffset);
      case VARCHAR -> parse(raw, type, ColumnTime::parseOffset);
      default -> localDateTime(raw, type).atZone(ZoneId.systemDefault()).toOffsetDateTime();
    };
  }

  static Date date(Object raw, SqlType type, @Nullable Calendar calendar) throws SQLException {
    LocalDate date = localDate(raw, type);
    return calendar == null
        ? Date.valueOf(date)
        : new Date(date.atStartOfDay(zone(calendar)).toInstant().toEpochMilli());
  }

  static Time time(Object raw, SqlType type, @Nullable Calendar calendar) throws SQLException {
    LocalTime time = localTime(raw, type);
    ZoneId zone = calendar == null ? ZoneId.systemDefault() : zone(calendar);
    return new Time(time.atDate(LocalDate.EPOCH).atZone(zone).toInstant().toEpochMilli());
  }

  static Timestamp timestamp(Object raw, SqlType type, @Nullable Calendar calendar)
      throws SQLException {
    if (type.kind() == SqlKind.TIMESTAMP_TZ) {
      return Timestamp.from(offset(raw, type).toInstant());
    }
    LocalDateTime moment = localDateTime(raw, type);
    return calendar == null
        ? Timestamp.valueOf(moment)
        : Timestamp.from(moment.atZone(zone(calendar)).toInstant());
  }

  private static ZoneId zone(Calendar calendar) {
    return calendar.getTimeZone().toZoneId();
  }

  private static LocalDateTime parseTimestamp(String text) {
    if (text.length() == 10) {
      return LocalDate.parse(text).atStartOfDay();
    }
    return LocalDateTime.parse(text.replace(' ', 'T'));
  }

  private static OffsetDateTime parseOffset(String text) {
    return OffsetDateTime.parse(text.replace(' ', 'T'));
  }

  /** Reads text. */
  @FunctionalInterface
  private interface Parser<T> {
    T parse(String text);
  }

  private static <T> T parse(Object raw, SqlType type, Parser<T> parser) throws SQLException {
    try {
      return parser.parse(raw.toString().trim());
    } catch (DateTimeException e) {
      throw ColumnValue.cannot(raw, type, "a date or time");
    }
  }
}
