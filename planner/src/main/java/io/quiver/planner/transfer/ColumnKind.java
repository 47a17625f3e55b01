package io.quiver.planner.transfer;

import io.quiver.engine.search.SparseVectorValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the values of one field have in common, as far as they have been seen. */
sealed interface ColumnKind {
  /** See {@link #ofNumbers}. */
  int SHORTEST_VECTOR_OF_WHOLE_NUMBERS = 8;

  /** The SQL type that holds all of them. */
  String sqlType();

  /** Kinds without a size. */
  enum Plain implements ColumnKind {
    UNSEEN("VARCHAR"),
    BOOLEAN("BOOLEAN"),
    BIGINT("BIGINT"),
    REAL("REAL"),
    DOUBLE("DOUBLE"),
    DECIMAL("DECIMAL(38, 10)"),
    DATE("DATE"),
    TIME("TIME"),
    TIMESTAMP("TIMESTAMP"),
    MOMENT("TIMESTAMP WITH TIME ZONE"),
    BYTES("VARBINARY"),
    UUID("UUID"),
    VARCHAR("VARCHAR"),
    STRINGS("VARCHAR ARRAY"),
    SPARSE("SPARSEVEC"),
    JSON("JSON");

    private final String sqlType;

    Plain(String sqlType) {
      this.sqlType = sqlType;
    }

    @Override
    public String sqlType() {
      return sqlType;
    }
  }

  /** Vectors of one dimension. */
  record Dense(int dimension) implements ColumnKind {
    @Override
    public String sqlType() {
      return "VECTOR(" + dimension + ")";
    }
  }

  /** Any number of vectors of one dimension. */
  record Multi(int dimension) implements ColumnKind {
    @Override
    public String sqlType() {
      return "MULTIVECTOR(" + dimension + ")";
    }
  }

  /** The kind of a value that has a type. */
  static ColumnKind of(@Nullable Object value) {
    return switch (value) {
      case null -> Plain.UNSEEN;
      case Boolean truth -> Plain.BOOLEAN;
      case Long whole -> Plain.BIGINT;
      case Float fraction -> Plain.REAL;
      case Double fraction -> Plain.DOUBLE;
      case BigDecimal exact -> Plain.DECIMAL;
      case LocalDate date -> Plain.DATE;
      case LocalTime time -> Plain.TIME;
      case LocalDateTime time -> Plain.TIMESTAMP;
      case OffsetDateTime moment -> Plain.MOMENT;
      case UUID id -> Plain.UUID;
      case byte[] bytes -> Plain.BYTES;
      case SparseVectorValue sparse -> Plain.SPARSE;
      case float[] vector -> ofNumbers(vector);
      case float[][] vectors -> ofRows(vectors);
      case List<?> strings -> strings.isEmpty() ? Plain.UNSEEN : Plain.STRINGS;
      case String text -> ofString(text);
      default -> throw new IllegalArgumentException("no such value: " + value.getClass());
    };
  }

  /** The kind of a value that is written as text, whatever it stands for. */
  static ColumnKind ofText(@Nullable String text) {
    if (text == null) {
      return Plain.UNSEEN;
    }
    if (Texts.WHOLE.matcher(text).matches()) {
      return Plain.BIGINT;
    }
    if (Texts.FRACTION.matcher(text).matches()) {
      return Plain.DOUBLE;
    }
    if (Texts.VECTOR.matcher(text).matches()) {
      return new Dense((int) text.chars().filter(c -> c == ',').count() + 1);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.equals("true") || lower.equals("false") ? Plain.BOOLEAN : ofString(text);
  }

  /** The kind that holds values of both. */
  default ColumnKind or(ColumnKind other) {
    if (equals(other) || other == Plain.UNSEEN) {
      return this;
    }
    if (this == Plain.UNSEEN) {
      return other;
    }
    if (isNumber(this) && isNumber(other)) {
      return this == Plain.DECIMAL || other == Plain.DECIMAL ? Plain.DECIMAL : Plain.DOUBLE;
    }
    if (isTime(this) && isTime(other)) {
      return Plain.TIMESTAMP;
    }
    return isScalar(this) && isScalar(other) ? Plain.VARCHAR : Plain.JSON;
  }

  /** A few whole numbers are a range of pages or the like, not a vector. */
  private static ColumnKind ofNumbers(float[] numbers) {
    if (numbers.length >= SHORTEST_VECTOR_OF_WHOLE_NUMBERS) {
      return new Dense(numbers.length);
    }
    for (float number : numbers) {
      if (number != Math.rint(number)) {
        return new Dense(numbers.length);
      }
    }
    return Plain.JSON;
  }

  private static ColumnKind ofRows(float[][] rows) {
    for (float[] row : rows) {
      if (row.length != rows[0].length) {
        return Plain.JSON;
      }
    }
    return rows.length == 0 ? Plain.UNSEEN : new Multi(rows[0].length);
  }

  private static ColumnKind ofString(String text) {
    if (text.startsWith("{")) {
      boolean sparse = text.contains("\"indices\"") && text.contains("\"values\"");
      return sparse ? Plain.SPARSE : Plain.JSON;
    }
    if (text.startsWith("[")) {
      return Plain.JSON;
    }
    try {
      if (text.length() == 10 && text.charAt(4) == '-') {
        LocalDate.parse(text);
        return Plain.DATE;
      }
      if (text.length() >= 16 && text.charAt(4) == '-' && text.charAt(7) == '-') {
        LocalDateTime.parse(text.replace(' ', 'T').replaceAll("Z$", ""));
        return Plain.TIMESTAMP;
      }
    } catch (DateTimeParseException otherText) {
      return Plain.VARCHAR;
    }
    return Texts.UUID.matcher(text).matches() ? Plain.UUID : Plain.VARCHAR;
  }

  private static boolean isNumber(ColumnKind kind) {
    return kind == Plain.BIGINT
        || kind == Plain.REAL
        || kind == Plain.DOUBLE
        || kind == Plain.DECIMAL;
  }

  private static boolean isTime(ColumnKind kind) {
    return kind == Plain.DATE || kind == Plain.TIMESTAMP;
  }

  private static boolean isScalar(ColumnKind kind) {
    return kind == Plain.BOOLEAN
        || kind == Plain.UUID
        || kind == Plain.VARCHAR
        || isNumber(kind)
        || isTime(kind);
  }

  /** How values look that are written as text. */
  final class Texts {
    private static final String NUMBER = "[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?";
    // A leading zero is a code, such as a postcode, that would lose it as a number.
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,17})");
    private static final Pattern FRACTION =
        Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");
    private static final Pattern VECTOR =
        Pattern.compile("\\[\\s*" + NUMBER + "(\\s*,\\s*" + NUMBER + ")*\\s*\\]");
    private static final Pattern UUID =
        Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private Texts() {}
  }
}
