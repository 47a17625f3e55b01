package io.quiver.planner.derive;

import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.SqlColumnType.ScalarType;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * An expression over one column that a derived column can hold. {@code CREATE INDEX} makes the
 * column by it, and a predicate finds the column by it.
 *
 * @param field of the table's row that the value is computed from
 */
public record IndexableExpression(int field, Recipe recipe) {
  /** The expression as such, if it is {@code JSON_VALUE} or {@code JSON_QUERY} of a column. */
  public static Optional<IndexableExpression> of(RexNode expression) {
    if (!(expression instanceof RexCall call)
        || call.getOperands().size() < 2
        || !(call.getOperands().get(0) instanceof RexInputRef column)
        || !(call.getOperands().get(1) instanceof RexLiteral literal)) {
      return Optional.empty();
    }
    String function = call.getOperator().getName();
    if (!function.equals("JSON_VALUE") && !function.equals("JSON_QUERY")) {
      return Optional.empty();
    }
    String path = literal.getValueAs(String.class);
    if (path == null) {
      return Optional.empty();
    }
    Optional<Recipe> recipe =
        switch (function) {
          case "JSON_VALUE" ->
              flags(call, "NULL", "EMPTY", "ERROR")
                  ? scalar(call.getType()).map(type -> new Recipe.JsonValue(path, type))
                  : Optional.empty();
          case "JSON_QUERY" ->
              flags(call, "WITHOUT_ARRAY", "NULL") && isArrayPath(path)
                  ? Optional.of(new Recipe.JsonTexts(path))
                  : Optional.empty();
          default -> Optional.empty();
        };
    return recipe.map(found -> new IndexableExpression(column.getIndex(), found));
  }

  /** Whether all that is said about wrappers, empty results and errors is what is meant anyway. */
  private static boolean flags(RexCall call, String... allowed) {
    return call.getOperands().stream()
        .skip(2)
        .allMatch(
            operand ->
                operand instanceof RexLiteral literal
                    && List.of(allowed).contains(word(literal.getValue())));
  }

  private static String word(@Nullable Object flag) {
    return flag instanceof Enum<?> word ? word.name() : String.valueOf(flag);
  }

  private static boolean isArrayPath(String path) {
    try {
      new JsonTextsReader(path);
      // JSON_QUERY of several values without a wrapper is an error, and so null.
      return !path.contains("[*]");
    } catch (IllegalArgumentException notAnArrayPath) {
      return false;
    }
  }

  private static Optional<SqlColumnType.Scalar> scalar(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> plain(ScalarType.BOOLEAN);
      case SMALLINT -> plain(ScalarType.SMALLINT);
      case INTEGER -> plain(ScalarType.INTEGER);
      case BIGINT -> plain(ScalarType.BIGINT);
      case REAL -> plain(ScalarType.REAL);
      case FLOAT, DOUBLE -> plain(ScalarType.DOUBLE);
      // JSON_VALUE does not cut a text to its length, so the length is no part of the value.
      case VARCHAR -> plain(ScalarType.VARCHAR);
      case DATE -> plain(ScalarType.DATE);
      case TIME -> plain(ScalarType.TIME);
      case TIMESTAMP -> plain(ScalarType.TIMESTAMP);
      case TIMESTAMP_TZ -> plain(ScalarType.TIMESTAMP_TZ);
      case UUID -> plain(ScalarType.UUID);
      case DECIMAL ->
          Optional.of(
              new SqlColumnType.Scalar(ScalarType.DECIMAL, type.getPrecision(), type.getScale()));
      default -> Optional.empty();
    };
  }

  private static Optional<SqlColumnType.Scalar> plain(ScalarType type) {
    return Optional.of(SqlColumnType.Scalar.of(type));
  }
}
