package io.quiver.parquet;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.LogicalType.DecimalType;
import dev.hardwood.metadata.LogicalType.IntType;
import dev.hardwood.metadata.LogicalType.TimeType;
import dev.hardwood.metadata.LogicalType.TimeUnit;
import dev.hardwood.metadata.LogicalType.TimestampType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is stored in a leaf of the schema as the value that it stands for. */
final class LeafValue {
  private static final long NANOS_OF_DAY = 86_400_000_000_000L;
  private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
  private static final int BYTES_OF_HALF = 2;

  private LeafValue() {}

  static Object of(int stored, @Nullable LogicalType type) {
    return switch (type) {
      case LogicalType.DateType date -> LocalDate.ofEpochDay(stored);
      case TimeType time -> LocalTime.ofNanoOfDay(nanos(stored, time.unit()));
      case DecimalType decimal -> BigDecimal.valueOf(stored, decimal.scale());
      case IntType whole when !whole.isSigned() -> Integer.toUnsignedLong(stored);
      case null, default -> (long) stored;
    };
  }

  static Object of(long stored, @Nullable LogicalType type) {
    return switch (type) {
      case TimestampType moment -> {
        Instant instant = instant(stored, moment.unit());
        yield moment.isAdjustedToUTC()
            ? instant.atOffset(ZoneOffset.UTC)
            : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
      }
      case TimeType time -> LocalTime.ofNanoOfDay(nanos(stored, time.unit()));
      case DecimalType decimal -> BigDecimal.valueOf(stored, decimal.scale());
      case IntType whole when !whole.isSigned() && stored < 0 ->
          new BigDecimal(new BigInteger(Long.toUnsignedString(stored)));
      case null, default -> stored;
    };
  }

  static Object of(byte[] stored, @Nullable LogicalType type) {
    return switch (type) {
      case LogicalType.StringType text -> text(stored);
      case LogicalType.EnumType text -> text(stored);
      case LogicalType.JsonType text -> text(stored);
      case DecimalType decimal -> new BigDecimal(new BigInteger(stored), decimal.scale());
      case LogicalType.UuidType id -> uuid(ByteBuffer.wrap(stored));
      case LogicalType.Float16Type half when stored.length == BYTES_OF_HALF ->
          Float.float16ToFloat(little(stored).getShort());
      case LogicalType.IntervalType interval -> interval(little(stored));
      case null, default -> stored;
    };
  }

  /** Nanoseconds of a day, then a Julian day, as Hive and Spark wrote moments before 2020. */
  static Object ofInt96(byte[] stored) {
    ByteBuffer parts = little(stored);
    long nanos = parts.getLong();
    long day = parts.getInt() - JULIAN_DAY_OF_EPOCH;
    return LocalDateTime.ofEpochSecond(
        day * 86_400 + Math.floorDiv(nanos, 1_000_000_000L),
        (int) Math.floorMod(nanos, 1_000_000_000L),
        ZoneOffset.UTC);
  }

  private static ByteBuffer little(byte[] stored) {
    return ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(byte[] stored) {
    return new String(stored, StandardCharsets.UTF_8);
  }

  private static UUID uuid(ByteBuffer stored) {
    return new UUID(stored.getLong(), stored.getLong());
  }

  /** As ISO 8601 writes it. */
  private static String interval(ByteBuffer stored) {
    Period date = Period.of(0, stored.getInt(), stored.getInt());
    return date + "T" + BigDecimal.valueOf(Integer.toUnsignedLong(stored.getInt()), 3) + "S";
  }

  private static long nanos(long stored, TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> stored * 1_000_000 % NANOS_OF_DAY;
      case MICROS -> stored * 1_000 % NANOS_OF_DAY;
      case NANOS -> stored % NANOS_OF_DAY;
    };
  }

  private static Instant instant(long stored, TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> Instant.ofEpochMilli(stored);
      case MICROS ->
          Instant.ofEpochSecond(
              Math.floorDiv(stored, 1_000_000L), Math.floorMod(stored, 1_000_000L) * 1_000L);
      case NANOS ->
          Instant.ofEpochSecond(
              Math.floorDiv(stored, 1_000_000_000L), Math.floorMod(stored, 1_000_000_000L));
    };
  }
}
