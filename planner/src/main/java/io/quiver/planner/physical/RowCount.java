package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A number of rows that a run brings: of LIMIT, OFFSET or top_k. */
final class RowCount {
  private static final @Nullable Object[] NO_ROW = new Object[0];

  private RowCount() {}

  /** The number; the other one where there is none or it is null. */
  static long of(Optional<Evaluator> count, long otherwise, String name, Execution execution) {
    Object value = count.isEmpty() ? null : count.get().evaluate(NO_ROW, execution.bindings());
    if (value == null) {
      return otherwise;
    }
    long number = number(value, name);
    if (number < 0) {
      throw SqlProblem.of(
              ErrorCode.FUNCTION_ARGUMENT_INVALID,
              name + " is " + number + ", less than 0",
              "give a number of at least 0.")
          .asException();
    }
    return number;
  }

  /** A number of which the first is 1 is less. */
  static SqlProblemException tooSmall(String name, long number) {
    return SqlProblem.of(
            ErrorCode.FUNCTION_ARGUMENT_INVALID,
            name + " is given " + number + ", less than 1",
            "give a number of at least 1.")
        .asException();
  }

  /** A whole number, given as a number or as text. */
  static long number(Object value, String name) {
    try {
      return switch (value) {
        case Number whole -> new java.math.BigDecimal(whole.toString()).longValueExact();
        default -> Long.parseLong(value.toString().strip());
      };
    } catch (NumberFormatException | ArithmeticException e) {
      throw SqlProblem.of(
              ErrorCode.FUNCTION_ARGUMENT_INVALID,
              name + " is " + value + ", not a whole number",
              "give a number such as 10.")
          .asException();
    }
  }
}
