package io.quiver.planner.expression;

import io.quiver.sql.function.ArrayFunction;
import io.quiver.sql.function.QuiverOperators;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Functions of arrays. */
final class ArrayFunctions {
  private ArrayFunctions() {}

  /** Our predicates; null where an argument is. */
  static Evaluator compile(ArrayFunction.Kind kind, Evaluator[] operands) {
    return (row, bindings) -> {
      Object array = operands[0].evaluate(row, bindings);
      Object other = operands[1].evaluate(row, bindings);
      if (array == null || other == null) {
        return null;
      }
      Collection<?> elements = elements(array);
      return switch (kind) {
        case ARRAY_CONTAINS -> contains(elements, other);
        case ARRAY_OVERLAP -> elements(other).stream().anyMatch(each -> contains(elements, each));
        case ARRAY_CONTAINS_ALL ->
            elements(other).stream().allMatch(each -> contains(elements, each));
      };
    };
  }

  static @Nullable Evaluator compileStandard(RexCall call, Evaluator[] operands) {
    if (call.getOperator() == QuiverOperators.EMPTY_ARRAY) {
      return (row, bindings) -> List.of();
    }
    if (call.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR
        && call.getType().getSqlTypeName() == SqlTypeName.ARRAY) {
      return (row, bindings) -> {
        @Nullable Object[] values = new Object[operands.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = operands[i].evaluate(row, bindings);
        }
        return Arrays.asList(values);
      };
    }
    return switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
      case "CARDINALITY", "ARRAY_LENGTH", "ARRAY_SIZE" ->
          (row, bindings) -> {
            Object array = operands[0].evaluate(row, bindings);
            return array == null ? null : size(array);
          };
      case "ITEM" -> operands.length == 2 ? item(operands) : null;
      default -> null;
    };
  }

  private static int size(Object array) {
    return array instanceof float[] vector ? vector.length : elements(array).size();
  }

  /** Elements count from 1; one that is not there is null. */
  private static Evaluator item(Evaluator[] operands) {
    return (row, bindings) -> {
      Object array = operands[0].evaluate(row, bindings);
      Object index = operands[1].evaluate(row, bindings);
      if (array == null || !(index instanceof Number number)) {
        return null;
      }
      long at = number.longValue() - 1;
      if (at < 0 || at >= size(array)) {
        return null;
      }
      return array instanceof float[] vector
          ? (Object) vector[(int) at]
          : ((List<?>) array).get((int) at);
    };
  }

  private static Collection<?> elements(Object array) {
    return switch (array) {
      case Collection<?> collection -> collection;
      case Object[] objects -> Arrays.asList(objects);
      case String json -> JsonFunctions.texts(json);
      default ->
          throw new IllegalArgumentException("Not an array: " + array.getClass().getSimpleName());
    };
  }

  private static boolean contains(Collection<?> elements, @Nullable Object wanted) {
    if (wanted == null) {
      return false;
    }
    for (Object element : elements) {
      if (element != null
          && (element.equals(wanted)
              || (element.getClass() == wanted.getClass()
                  && ValueOrder.compare(element, wanted) == 0))) {
        return true;
      }
    }
    return false;
  }
}
