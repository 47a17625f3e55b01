package io.quiver.planner.filter;

import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowFilter.Comparison;
import io.quiver.engine.search.RowFilter.Containment;
import io.quiver.planner.expression.Bindings;
import io.quiver.planner.expression.CastValue;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.expression.ExpressionCompiler;
import io.quiver.planner.expression.LiteralValue;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.function.ArrayFunction;
import io.quiver.sql.validate.CatalogTable;
import io.quiver.sql.validate.ColumnTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.plan.RelOptUtil.InputFinder;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Translates a condition over a table's fields to a {@link FilterPlan}.
 *
 * <p>SQL's conditions have three values and the engine's two. NOT is pushed down to the leaves,
 * each of which is false for null whether negated or not; so a row qualifies just when the
 * condition is true. What the engine has no words for becomes a {@link RowFilter.Test}.
 */
public final class FilterTranslation {
  private final CatalogTable table;
  private final ExpressionCompiler compiler;
  private final RexBuilder rexBuilder;
  private final ConditionText text;

  private FilterTranslation(CatalogTable table, RexBuilder rexBuilder) {
    this.table = table;
    this.rexBuilder = rexBuilder;
    this.compiler = new ExpressionCompiler(rexBuilder);
    this.text = new ConditionText(field -> table.columns().get(field).name(), rexBuilder);
  }

  /**
   * The plan of a condition.
   *
   * @param condition over the fields of the table, parameters, and outer rows
   * @throws io.quiver.planner.expression.UnsupportedExpressionException if a part of it has no
   *     evaluator
   */
  public static FilterPlan of(RexNode condition, CatalogTable table, RexBuilder rexBuilder) {
    return new FilterTranslation(table, rexBuilder).translate(condition, false);
  }

  private FilterPlan translate(RexNode condition, boolean negated) {
    if (condition instanceof RexLiteral literal) {
      boolean holds = (negated ? literal.isAlwaysFalse() : literal.isAlwaysTrue());
      RowFilter filter = holds ? new RowFilter.All() : new RowFilter.Nothing();
      return bindings -> filter;
    }
    if (condition instanceof RexInputRef input) {
      return comparison(Comparison.EQUAL, input, rexBuilder.makeLiteral(!negated))
          .orElseGet(() -> test(condition, negated));
    }
    if (!(condition instanceof RexCall call)) {
      return test(condition, negated);
    }
    return switch (call.getKind()) {
      case AND -> negated ? anyOf(call, true) : allOf(call, false);
      case OR -> negated ? allOf(call, true) : anyOf(call, false);
      case NOT -> translate(call.getOperands().getFirst(), !negated);
      case EQUALS, NOT_EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL ->
          comparison(call, negated).orElseGet(() -> test(call, negated));
      case IS_NULL, IS_NOT_NULL -> nullTest(call, negated).orElseGet(() -> test(call, negated));
      case LIKE -> like(call, negated).orElseGet(() -> test(call, negated));
      case SEARCH -> translate(RexUtil.expandSearch(rexBuilder, null, call), negated);
      default ->
          call.getOperator() instanceof ArrayFunction array
              ? contains(array, call, negated).orElseGet(() -> test(call, negated))
              : test(call, negated);
    };
  }

  private FilterPlan allOf(RexCall call, boolean negated) {
    List<FilterPlan> parts = translateAll(call, negated);
    return bindings -> new RowFilter.And(bindAll(parts, bindings));
  }

  private FilterPlan anyOf(RexCall call, boolean negated) {
    List<FilterPlan> parts = translateAll(call, negated);
    return bindings -> oneOf(bindAll(parts, bindings));
  }

  private List<FilterPlan> translateAll(RexCall call, boolean negated) {
    return call.getOperands().stream().map(each -> translate(each, negated)).toList();
  }

  private static List<RowFilter> bindAll(List<FilterPlan> parts, Bindings bindings) {
    return parts.stream().map(part -> part.bind(bindings)).toList();
  }

  /** Equalities with one column, which is what IN becomes, are one condition again. */
  private static RowFilter oneOf(List<RowFilter> parts) {
    List<Object> values = new ArrayList<>();
    int column = -1;
    for (RowFilter part : parts) {
      if (part instanceof RowFilter.Nothing) {
        continue;
      }
      if (!(part instanceof RowFilter.Compare compare)
          || compare.comparison() != Comparison.EQUAL
          || (column >= 0 && column != compare.column())) {
        return new RowFilter.Or(parts);
      }
      column = compare.column();
      values.add(compare.value());
    }
    return column < 0 ? new RowFilter.Nothing() : new RowFilter.In(column, values, false);
  }

  private Optional<FilterPlan> comparison(RexCall call, boolean negated) {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    SqlKind kind = negated ? call.getKind().negateNullSafe() : call.getKind();
    if (isConstant(right)) {
      return comparison(comparisonOf(kind), left, right);
    }
    return isConstant(left)
        ? comparison(comparisonOf(kind.reverse()), right, left)
        : Optional.empty();
  }

  private static Comparison comparisonOf(SqlKind kind) {
    return switch (kind) {
      case EQUALS -> Comparison.EQUAL;
      case NOT_EQUALS -> Comparison.NOT_EQUAL;
      case LESS_THAN -> Comparison.LESS;
      case LESS_THAN_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
      case GREATER_THAN -> Comparison.GREATER;
      case GREATER_THAN_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
      default -> throw new IllegalArgumentException(kind.toString());
    };
  }

  private static boolean isConstant(RexNode node) {
    return InputFinder.bits(node).isEmpty();
  }

  private Optional<FilterPlan> comparison(Comparison comparison, RexNode side, RexNode constant) {
    OptionalInt field = field(side);
    if (field.isEmpty() || !(type(field.getAsInt()) instanceof SqlColumnType.Scalar)) {
      return Optional.empty();
    }
    SqlColumnType type = type(field.getAsInt());
    int column = table.ordinal(field.getAsInt());
    Evaluator value = compiler.compile(constant);
    RelDataType wanted = ColumnTypes.of(type, true);
    boolean read = isText(constant.getType()) && !isText(wanted);
    return Optional.of(
        bindings -> {
          Object given = value.evaluate(new Object[0], bindings);
          if (given != null && read) {
            given = CastValue.cast(given, constant.getType(), wanted);
          }
          if (given == null) {
            return new RowFilter.Nothing();
          }
          Object compared = given;
          return ComparedValue.compare(column, type, comparison, compared)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "Cannot compare " + type.sql() + " with " + compared.getClass()));
        });
  }

  private static boolean isText(RelDataType type) {
    return SqlTypeUtil.inCharFamily(type);
  }

  /** The field an expression is, perhaps under casts that change no comparison. */
  private OptionalInt field(RexNode node) {
    if (node instanceof RexInputRef input) {
      return OptionalInt.of(input.getIndex());
    }
    if (node instanceof RexCall call
        && call.getKind() == SqlKind.CAST
        && keepsOrder(call.getOperands().getFirst().getType(), call.getType())) {
      return field(call.getOperands().getFirst());
    }
    return OptionalInt.empty();
  }

  private static boolean keepsOrder(RelDataType from, RelDataType to) {
    if (isText(from) && isText(to)) {
      return to.getPrecision() < 0 || to.getPrecision() >= from.getPrecision();
    }
    return switch (from.getSqlTypeName()) {
      case SMALLINT, INTEGER ->
          switch (to.getSqlTypeName()) {
            case INTEGER, BIGINT, DOUBLE, FLOAT -> true;
            case DECIMAL -> to.getPrecision() - to.getScale() >= 10;
            default -> false;
          };
      case BIGINT ->
          switch (to.getSqlTypeName()) {
            case BIGINT -> true;
            case DECIMAL -> to.getPrecision() - to.getScale() >= 19;
            default -> false;
          };
      case REAL ->
          switch (to.getSqlTypeName()) {
            case REAL, DOUBLE, FLOAT -> true;
            default -> false;
          };
      case TIMESTAMP, DATE, BOOLEAN, DOUBLE, UUID -> from.getSqlTypeName() == to.getSqlTypeName();
      default -> false;
    };
  }

  private SqlColumnType type(int field) {
    return table.columns().get(field).type();
  }

  private Optional<FilterPlan> nullTest(RexCall call, boolean negated) {
    if (!(call.getOperands().getFirst() instanceof RexInputRef input)) {
      return Optional.empty();
    }
    boolean wantsValue = (call.getKind() == SqlKind.IS_NOT_NULL) != negated;
    RowFilter filter = new RowFilter.IsNull(table.ordinal(input.getIndex()), wantsValue);
    return Optional.of(bindings -> filter);
  }

  private Optional<FilterPlan> like(RexCall call, boolean negated) {
    OptionalInt field = field(call.getOperands().get(0));
    String name = call.getOperator().getName();
    boolean known = name.equals("LIKE") || name.equals("ILIKE");
    if (field.isEmpty()
        || !known
        || !isText(ColumnTypes.of(type(field.getAsInt()), true))
        || !isConstant(call.getOperands().get(1))) {
      return Optional.empty();
    }
    @Nullable String escape = null;
    if (call.getOperands().size() > 2) {
      if (!(call.getOperands().get(2) instanceof RexLiteral literal)) {
        return Optional.empty();
      }
      escape = (String) LiteralValue.of(literal);
    }
    char escaping = escape == null || escape.isEmpty() ? '\0' : escape.charAt(0);
    int column = table.ordinal(field.getAsInt());
    Evaluator pattern = compiler.compile(call.getOperands().get(1));
    boolean ignoreCase = name.equals("ILIKE");
    return Optional.of(
        bindings -> {
          Object given = pattern.evaluate(new Object[0], bindings);
          return given == null
              ? new RowFilter.Nothing()
              : new RowFilter.Like(column, (String) given, escaping, ignoreCase, negated);
        });
  }

  private Optional<FilterPlan> contains(ArrayFunction array, RexCall call, boolean negated) {
    RexNode first = call.getOperands().get(0);
    RexNode second = call.getOperands().get(1);
    if (isConstant(first) && array.kind() == ArrayFunction.Kind.ARRAY_CONTAINS) {
      return elementOf(first, second, negated);
    }
    if (!(first instanceof RexInputRef input)
        || !(type(input.getIndex()) instanceof SqlColumnType.TextArray)
        || !isConstant(second)) {
      return Optional.empty();
    }
    int column = table.ordinal(input.getIndex());
    Evaluator wanted = compiler.compile(second);
    Containment containment =
        array.kind() == ArrayFunction.Kind.ARRAY_CONTAINS_ALL ? Containment.ALL : Containment.ANY;
    return Optional.of(
        bindings -> {
          Object given = wanted.evaluate(new Object[0], bindings);
          return given == null
              ? new RowFilter.Nothing()
              : new RowFilter.Contains(column, containment, texts(given), negated);
        });
  }

  private static List<String> texts(Object given) {
    return switch (given) {
      case Collection<?> list -> list.stream().map(String::valueOf).toList();
      case Object[] array -> Arrays.stream(array).map(String::valueOf).toList();
      default -> List.of(given.toString());
    };
  }

  /** {@code column = ANY(array)}. */
  private Optional<FilterPlan> elementOf(RexNode array, RexNode side, boolean negated) {
    OptionalInt field = field(side);
    if (field.isEmpty()
        || negated
        || !(type(field.getAsInt()) instanceof SqlColumnType.Scalar scalar)) {
      return Optional.empty();
    }
    int column = table.ordinal(field.getAsInt());
    RelDataType wanted = ColumnTypes.of(scalar, true);
    Evaluator values = compiler.compile(array);
    RelDataType element = array.getType().getComponentType();
    return Optional.of(
        bindings -> {
          Object given = values.evaluate(new Object[0], bindings);
          if (given == null) {
            return new RowFilter.Nothing();
          }
          Collection<?> all =
              given instanceof Object[] objects ? Arrays.asList(objects) : (Collection<?>) given;
          List<RowFilter> parts = new ArrayList<>();
          for (Object each : all) {
            Object value =
                each instanceof String && !isText(wanted)
                    ? CastValue.cast(each, element == null ? wanted : element, wanted)
                    : each;
            if (value != null) {
              ComparedValue.compare(column, scalar, Comparison.EQUAL, value).ifPresent(parts::add);
            }
          }
          return oneOf(parts);
        });
  }

  /** What the engine cannot say: it is given the values and asks back. */
  private FilterPlan test(RexNode condition, boolean negated) {
    ImmutableBitSet fields = InputFinder.bits(condition);
    List<Integer> columns = new ArrayList<>();
    List<SqlColumnType> types = new ArrayList<>();
    int[] positions = new int[table.columns().size()];
    for (int field : fields) {
      positions[field] = columns.size();
      columns.add(table.ordinal(field));
      types.add(type(field));
    }
    RexNode packed =
        condition.accept(
            new RexShuttle() {
              @Override
              public RexNode visitInputRef(RexInputRef input) {
                return new RexInputRef(positions[input.getIndex()], input.getType());
              }
            });
    Evaluator evaluator = compiler.compile(packed);
    String label = negated ? "NOT " + text.of(condition) : text.of(condition);
    Boolean wanted = !negated;
    return bindings -> {
      // Rows are tested by several threads; an evaluator has no state, and the bindings a filter
      // reads are not written while it runs.
      return new RowFilter.Test(
          columns,
          values -> {
            @Nullable Object[] row = new Object[values.length];
            for (int i = 0; i < row.length; i++) {
              row[i] = ColumnValue.toRow(values[i], types.get(i));
            }
            return wanted.equals(evaluator.evaluate(row, bindings));
          },
          label);
    };
  }
}
