package io.quiver.planner.filter;

import io.quiver.sql.catalog.SqlColumnType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column's value on its way between the engine's classes and those of a plan's rows.
 *
 * <p>They differ in three: SMALLINT is an int to the engine, an array of text a {@code String[]}
 * there and a list here, and CHAR has no class of its own.
 */
public final class ColumnValue {
  private ColumnValue() {}

  /** From the engine to a row. */
  public static @Nullable Object toRow(@Nullable Object value, SqlColumnType type) {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case SqlColumnType.Scalar scalar when scalar.type() == SqlColumnType.ScalarType.SMALLINT ->
          ((Integer) value).shortValue();
      case SqlColumnType.TextArray array -> Arrays.asList((String[]) value);
      case SqlColumnType.Scalar scalar -> value;
      case SqlColumnType.Vector vector -> value;
      case SqlColumnType.SparseVector sparse -> value;
      case SqlColumnType.MultiVector multi -> value;
    };
  }

  /** From a row to the engine; the value is of the column's SQL type already. */
  public static @Nullable Object toEngine(@Nullable Object value, SqlColumnType type) {
    if (value == null) {
      return null;
    }
    return switch (type) {
      case SqlColumnType.Scalar scalar when scalar.type() == SqlColumnType.ScalarType.SMALLINT ->
          ((Number) value).intValue();
      case SqlColumnType.TextArray array ->
          value instanceof List<?> list
              ? list.stream().map(String::valueOf).toArray(String[]::new)
              : value;
      case SqlColumnType.Scalar scalar -> value;
      case SqlColumnType.Vector vector -> value;
      case SqlColumnType.SparseVector sparse -> value;
      case SqlColumnType.MultiVector multi -> value;
    };
  }
}
