package io.quiver.planner.expression;

import io.quiver.sql.function.JavaFunction;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** Calls of the functions of libraries: arguments are brought into the types they take. */
final class JavaFunctions {
  private JavaFunctions() {}

  static Evaluator compile(JavaFunction function, RexCall call, Evaluator[] operands) {
    Evaluator[] arguments = new Evaluator[operands.length];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] =
          CastValue.evaluator(
              call.getOperands().get(i).getType(), function.parameters().get(i), operands[i]);
    }
    return (row, bindings) -> {
      @Nullable Object[] values = new Object[arguments.length];
      for (int i = 0; i < values.length; i++) {
        Object value = arguments[i].evaluate(row, bindings);
        if (value == null && function.isPrimitive(i)) {
          return null;
        }
        values[i] = value;
      }
      return call(function, values);
    };
  }

  private static @Nullable Object call(JavaFunction function, @Nullable Object[] values) {
    try {
      return function.call(values).orElse(null);
    } catch (SqlProblemException | Error own) {
      throw own;
    } catch (Throwable failed) {
      throw new SqlProblemException(
          SqlProblem.of(
              ErrorCode.FUNCTION_FAILED,
              "function "
                  + function.getName().toLowerCase(java.util.Locale.ROOT)
                  + " failed: "
                  + failed,
              "call it with arguments it takes, or mend its library."),
          failed);
    }
  }
}
