package io.quiver.sql.type;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Moments as text: {@code 2026-01-01 10:00:00.5+02:00}, with an offset, {@code Z} or the name of a
 * zone such as {@code Europe/Paris}; in UTC where none of them is written.
 */
public final class MomentText {
  private static final int DATE_LENGTH = 10;

  /** Of a day: hours and minutes, and what is smaller if it is there. */
  public static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("H:mm[:ss]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .toFormatter(Locale.ROOT);

  private MomentText() {}

  /**
   * The moment.
   *
   * @throws DateTimeException if the text is not one, or its zone is not known
   */
  public static Instant read(String text) {
    if (text.length() <= DATE_LENGTH) {
      return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    LocalDate day = LocalDate.parse(text.substring(0, DATE_LENGTH));
    String rest = text.substring(DATE_LENGTH + 1).strip();
    int zone = zoneStart(rest);
    LocalTime time = LocalTime.parse(rest.substring(0, zone).strip(), TIME);
    String name = rest.substring(zone).strip();
    return day.atTime(time).atZone(name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name)).toInstant();
  }

  /** Where a time ends. */
  private static int zoneStart(String time) {
    for (int i = 0; i < time.length(); i++) {
      char c = time.charAt(i);
      if (c == '+' || c == '-' || Character.isLetter(c)) {
        return i;
      }
    }
    return time.length();
  }
}
