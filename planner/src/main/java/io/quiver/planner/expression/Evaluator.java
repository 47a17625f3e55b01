package io.quiver.planner.expression;

import org.jspecify.annotations.Nullable;

/**
 * An expression ready to run. Holds no state; may run in several threads at once.
 *
 * <p>Values are of the classes {@link io.quiver.planner.ResultType} names.
 */
@FunctionalInterface
public interface Evaluator {
  /**
   * The value for a row.
   *
   * @param row the input's values; empty where the expression reads none
   */
  @Nullable Object evaluate(@Nullable Object[] row, Bindings bindings);

  /** Whether a condition is true, which unknown is not. */
  default boolean isTrue(@Nullable Object[] row, Bindings bindings) {
    return Boolean.TRUE.equals(evaluate(row, bindings));
  }
}
