package io.quiver.planner.expression;

import io.quiver.sql.type.DenseVectorText;
import io.quiver.sql.type.MomentText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.apache.calcite.rel.type.RelDataType;

/** Text read as a value of another type. */
public final class TextCast {
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
        case TIME -> (int) (LocalTime.parse(trimmed, MomentText.TIME).toNanoOfDay() / 1_000_000);
        case TIMESTAMP -> timestamp(trimmed).toInstant(ZoneOffset.UTC).toEpochMilli();
        case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ ->
            MomentText.read(trimmed).toEpochMilli();
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

  /** Where a zone is written, what the clock says in UTC. */
  private static LocalDateTime timestamp(String text) {
    return LocalDateTime.ofInstant(MomentText.read(text), ZoneOffset.UTC);
  }

  /** A vector for messages and text output. */
  static String vector(float[] vector) {
    return DenseVectorText.write(vector);
  }
}
