package io.quiver.planner.physical;

import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowFilter.Containment;
import io.quiver.planner.expression.Evaluator;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.function.ArrayFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** A text array against given texts, and a scalar column against a given array. */
final class Containing {
  private static final @Nullable Object[] NO_ROW = new Object[0];

  private Containing() {}

  static Optional<FilterSource> of(
      FilterTranslator translator, ArrayFunction function, RexCall call, boolean negated) {
    RexNode array = call.getOperands().get(0);
    RexNode other = call.getOperands().get(1);
    Optional<FilterColumn> texts = translator.column(array);
    if (texts.isPresent()
        && texts.get().definition().type().engineType() instanceof ColumnType.TextArray
        && FilterTranslator.isFixed(other)) {
      Containment containment =
          function.kind() == ArrayFunction.Kind.ARRAY_CONTAINS_ALL
              ? Containment.ALL
              : Containment.ANY;
      Evaluator value = translator.compile(other);
      int ordinal = texts.get().ordinal();
      return Optional.of(
          execution ->
              contains(
                  ordinal, containment, value.evaluate(NO_ROW, execution.bindings()), negated));
    }
    if (function.kind() == ArrayFunction.Kind.ARRAY_CONTAINS && FilterTranslator.isFixed(array)) {
      return anyOf(translator, array, other, negated);
    }
    return Optional.empty();
  }

  private static RowFilter contains(
      int ordinal, Containment containment, @Nullable Object given, boolean negated) {
    List<String> texts = new ArrayList<>();
    switch (given) {
      case null -> {
        return new RowFilter.Nothing();
      }
      case Collection<?> many ->
          many.stream().filter(e -> e != null).forEach(e -> texts.add(String.valueOf(e)));
      default -> texts.add(String.valueOf(given));
    }
    return new RowFilter.Contains(ordinal, containment, texts, negated);
  }

  /** {@code id = ANY(?)}. */
  private static Optional<FilterSource> anyOf(
      FilterTranslator translator, RexNode array, RexNode other, boolean negated) {
    Optional<FilterColumn> column = ColumnComparison.column(translator, other);
    if (column.isEmpty()
        || !(column.get().definition().type() instanceof SqlColumnType.Scalar scalar)) {
      return Optional.empty();
    }
    Evaluator values = translator.compile(array);
    int ordinal = column.get().ordinal();
    return Optional.of(
        execution ->
            switch (values.evaluate(NO_ROW, execution.bindings())) {
              case null -> new RowFilter.Nothing();
              case Collection<?> many ->
                  InList.filter(ordinal, scalar.type().kind(), many, negated);
              case Object[] many ->
                  InList.filter(ordinal, scalar.type().kind(), Arrays.asList(many), negated);
              default -> new RowFilter.Nothing();
            });
  }
}
