package io.quiver.planner.physical;

import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowFilter.Comparison;
import io.quiver.planner.expression.Evaluator;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.SqlColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * A column against a value.
 *
 * <p>A column that is widened to meet the value ({@code CAST(year AS BIGINT) = ?}) is compared as
 * it is, with the value brought into the column's class: a whole-number column below 3.5 is one at
 * most 3.
 *
 * @param ordinal of the column
 * @param kind of its values
 */
record ColumnComparison(int ordinal, ScalarKind kind, Comparison comparison, Evaluator value) {
  private static final @Nullable Object[] NO_ROW = new Object[0];

  static Optional<FilterSource> of(FilterTranslator translator, RexCall call, boolean negated) {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    SqlKind kind = negated ? call.getKind().negateNullSafe() : call.getKind();
    Optional<FilterColumn> ref = column(translator, left);
    if (ref.isPresent() && FilterTranslator.isFixed(right)) {
      return source(translator, ref.get(), kind, right);
    }
    ref = column(translator, right);
    return ref.isPresent() && FilterTranslator.isFixed(left)
        ? source(translator, ref.get(), kind.reverse(), left)
        : Optional.empty();
  }

  /** The column an operand is, under casts that lose nothing and keep the order. */
  static Optional<FilterColumn> column(FilterTranslator translator, RexNode operand) {
    Optional<FilterColumn> plain = translator.column(operand);
    if (plain.isPresent()) {
      return plain.filter(each -> isScalar(each.definition()));
    }
    if (operand.getKind() == SqlKind.CAST) {
      return translator
          .column(((RexCall) operand).getOperands().getFirst())
          .filter(each -> isScalar(each.definition()) && widens(each.type(), operand));
    }
    return Optional.empty();
  }

  private static boolean isScalar(ColumnDefinition column) {
    return column.type().engineType() instanceof ColumnType.Scalar;
  }

  private static boolean widens(RelDataType from, RexNode to) {
    SqlTypeName target = to.getType().getSqlTypeName();
    return switch (from.getSqlTypeName()) {
      case SMALLINT, INTEGER ->
          target == SqlTypeName.INTEGER
              || target == SqlTypeName.BIGINT
              || target == SqlTypeName.DOUBLE
              || isWide(to, 10);
      case BIGINT -> target == SqlTypeName.BIGINT || isWide(to, 19);
      case REAL -> target == SqlTypeName.DOUBLE;
      case DECIMAL ->
          target == SqlTypeName.DECIMAL
              && to.getType().getScale() >= from.getScale()
              && to.getType().getPrecision() - to.getType().getScale()
                  >= from.getPrecision() - from.getScale();
      case CHAR, VARCHAR ->
          SqlTypeUtil.inCharFamily(to.getType())
              && (to.getType().getPrecision() < 0
                  || to.getType().getPrecision() >= from.getPrecision()
                      && from.getPrecision() >= 0);
      default -> from.getSqlTypeName() == target;
    };
  }

  private static boolean isWide(RexNode to, int digits) {
    return to.getType().getSqlTypeName() == SqlTypeName.DECIMAL
        && to.getType().getPrecision() - to.getType().getScale() >= digits;
  }

  private static Optional<FilterSource> source(
      FilterTranslator translator, FilterColumn found, SqlKind kind, RexNode value) {
    ColumnDefinition column = found.definition();
    if (!(column.type() instanceof SqlColumnType.Scalar scalar)
        || !comparable(found.type().getSqlTypeName(), value.getType().getSqlTypeName())) {
      return Optional.empty();
    }
    Comparison comparison =
        switch (kind) {
          case EQUALS -> Comparison.EQUAL;
          case NOT_EQUALS -> Comparison.NOT_EQUAL;
          case LESS_THAN -> Comparison.LESS;
          case LESS_THAN_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
          case GREATER_THAN -> Comparison.GREATER;
          case GREATER_THAN_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
          default -> null;
        };
    if (comparison == null) {
      return Optional.empty();
    }
    ColumnComparison compared =
        new ColumnComparison(
            found.ordinal(), scalar.type().kind(), comparison, translator.compile(value));
    return Optional.of(compared::filter);
  }

  /** Whether the engine's order of the column is SQL's of the two types. */
  private static boolean comparable(SqlTypeName column, SqlTypeName value) {
    boolean numbers = SqlTypeName.NUMERIC_TYPES.contains(column);
    boolean texts = SqlTypeName.CHAR_TYPES.contains(column);
    return numbers && SqlTypeName.NUMERIC_TYPES.contains(value)
        || texts && SqlTypeName.CHAR_TYPES.contains(value)
        || column == value
        || column == SqlTypeName.VARBINARY && value == SqlTypeName.BINARY;
  }

  private RowFilter filter(Execution execution) {
    Object given = value.evaluate(NO_ROW, execution.bindings());
    return switch (given) {
      case null -> new RowFilter.Nothing();
      case Number number when isNumeric() -> compareNumber(number);
      default -> new RowFilter.Compare(ordinal, comparison, given);
    };
  }

  private boolean isNumeric() {
    return switch (kind) {
      case INT32, INT64, FLOAT32, FLOAT64, DECIMAL -> true;
      case BOOLEAN, STRING, UUID, BINARY -> false;
    };
  }

  private RowFilter compareNumber(Number number) {
    if (number instanceof Double d && !Double.isFinite(d)
        || number instanceof Float f && !Float.isFinite(f)) {
      return beyond(number.doubleValue() > 0);
    }
    Object exact = ExactNumber.of(kind, number);
    if (exact != null) {
      return new RowFilter.Compare(ordinal, comparison, exact);
    }
    return switch (comparison) {
      case EQUAL -> new RowFilter.Nothing();
      case NOT_EQUAL -> new RowFilter.IsNull(ordinal, true);
      case LESS, LESS_OR_EQUAL -> rounded(number, Comparison.LESS_OR_EQUAL, RoundingMode.FLOOR);
      case GREATER, GREATER_OR_EQUAL ->
          rounded(number, Comparison.GREATER_OR_EQUAL, RoundingMode.CEILING);
    };
  }

  /** No value of the column lies between the number and the one it is rounded to. */
  private RowFilter rounded(Number number, Comparison orEqual, RoundingMode mode) {
    Object value =
        kind == ScalarKind.FLOAT32
            ? (Object) nearestFloat(number.doubleValue(), mode)
            : ExactNumber.of(kind, ExactNumber.decimal(number).setScale(0, mode));
    return value == null
        ? beyond(ExactNumber.decimal(number).signum() > 0)
        : new RowFilter.Compare(ordinal, orEqual, value);
  }

  private static float nearestFloat(double number, RoundingMode mode) {
    float nearest = (float) number;
    if (mode == RoundingMode.FLOOR) {
      return nearest > number ? Math.nextDown(nearest) : nearest;
    }
    return nearest < number ? Math.nextUp(nearest) : nearest;
  }

  /** Against a number greater (or less) than any the column can hold. */
  private RowFilter beyond(boolean greater) {
    boolean holds =
        switch (comparison) {
          case EQUAL -> false;
          case NOT_EQUAL -> true;
          case LESS, LESS_OR_EQUAL -> greater;
          case GREATER, GREATER_OR_EQUAL -> !greater;
        };
    return holds ? new RowFilter.IsNull(ordinal, true) : new RowFilter.Nothing();
  }

  /** The number in the column's class; null where no value of the column can equal it. */
  static @Nullable Object equalValue(ScalarKind kind, @Nullable Object value) {
    return value instanceof Number number
            && !(value instanceof BigDecimal && kind == ScalarKind.DECIMAL)
        ? ExactNumber.of(kind, number)
        : value;
  }
}
