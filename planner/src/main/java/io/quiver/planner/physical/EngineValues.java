package io.quiver.planner.physical;

import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values as the engine keeps them, and as plans handle them. */
public final class EngineValues {
  private EngineValues() {}

  /** A value of a column, as expressions take it. */
  public static @Nullable Object fromEngine(ColumnDefinition column, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Integer number when isSmall(column.type()) -> number.shortValue();
      case String[] texts -> List.of(texts);
      default -> value;
    };
  }

  /** A value of the column's SQL type, as the engine takes it. */
  public static @Nullable Object toEngine(ColumnDefinition column, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Short number when column.type().engineType() instanceof ColumnType.Scalar ->
          number.intValue();
      case Collection<?> texts -> texts.stream().map(String::valueOf).toArray(String[]::new);
      case Object[] texts when !(value instanceof float[][]) ->
          Arrays.stream(texts).map(String::valueOf).toArray(String[]::new);
      default -> value;
    };
  }

  private static boolean isSmall(SqlColumnType type) {
    return type instanceof SqlColumnType.Scalar scalar
        && scalar.type() == SqlColumnType.ScalarType.SMALLINT;
  }

  /**
   * A number in the class of a column, if that loses nothing.
   *
   * @return null where the column's class cannot hold it exactly
   */
  static @Nullable Object exactly(ScalarKind kind, Number number) {
    try {
      return switch (kind) {
        case INT32 -> decimal(number).intValueExact();
        case INT64 -> decimal(number).longValueExact();
        case FLOAT64 -> number.doubleValue();
        case FLOAT32 ->
            (double) number.floatValue() == number.doubleValue() ? number.floatValue() : null;
        case DECIMAL -> decimal(number);
        case BOOLEAN, STRING, UUID, BINARY -> null;
      };
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  static BigDecimal decimal(Number number) {
    return switch (number) {
      case BigDecimal decimal -> decimal;
      case Double d -> new BigDecimal(d);
      case Float f -> new BigDecimal(f);
      default -> BigDecimal.valueOf(number.longValue());
    };
  }
}
