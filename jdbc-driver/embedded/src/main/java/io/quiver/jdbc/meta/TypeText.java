package io.quiver.jdbc.meta;

import io.quiver.jdbc.avatica.SqlKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A type as the catalog writes it, such as {@code DECIMAL(10, 2)}, as JDBC's lists describe it.
 *
 * @param plainName without arguments
 * @param size length, digits or dimension; null where there is none
 * @param digits after the point; null where it has no meaning
 */
record TypeText(SqlKind kind, String plainName, @Nullable Integer size, @Nullable Integer digits) {
  private static final Pattern FORM =
      Pattern.compile("([^(]+?)\\s*(?:\\(\\s*(\\d+)\\s*(?:,\\s*([^)]+?)\\s*)?\\))?(\\s+[^(]+)?");

  static TypeText of(String text) {
    SqlKind kind = SqlKind.named(text);
    Matcher parts = FORM.matcher(text.trim());
    if (!parts.matches()) {
      return new TypeText(kind, text, null, null);
    }
    String tail = parts.group(4) == null ? "" : parts.group(4);
    Integer size = parts.group(2) == null ? defaultSize(kind) : Integer.valueOf(parts.group(2));
    return new TypeText(kind, parts.group(1) + tail, size, digits(kind, parts.group(3)));
  }

  private static @Nullable Integer digits(SqlKind kind, @Nullable String written) {
    return switch (kind) {
      case SMALLINT, INTEGER, BIGINT -> 0;
      case DECIMAL -> written == null ? 0 : Integer.valueOf(written);
      case TIMESTAMP, TIMESTAMP_TZ -> 3;
      default -> null;
    };
  }

  /** Decimal digits, or characters of the usual form. */
  private static @Nullable Integer defaultSize(SqlKind kind) {
    return switch (kind) {
      case BOOLEAN -> 1;
      case SMALLINT -> 5;
      case INTEGER -> 10;
      case BIGINT -> 19;
      case REAL -> 7;
      case DOUBLE -> 15;
      case DECIMAL -> 19;
      case DATE -> 10;
      case TIME -> 12;
      case TIMESTAMP -> 23;
      case TIMESTAMP_TZ -> 29;
      case UUID -> 36;
      case VARCHAR, JSON, VARBINARY -> Integer.MAX_VALUE;
      case ARRAY, VECTOR, SPARSEVEC, MULTIVECTOR, INTERVAL, UNKNOWN -> null;
    };
  }

  @Nullable Integer radix() {
    return kind.isNumeric() ? 10 : null;
  }
}
