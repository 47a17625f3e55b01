package io.quiver.planner.expression;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** An expression no evaluator is known for. */
public final class UnsupportedExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String expression;
  private final @Nullable SqlPosition place;

  public UnsupportedExpressionException(String expression) {
    this(expression, null);
  }

  private UnsupportedExpressionException(String expression, @Nullable SqlPosition place) {
    super("No evaluator for " + expression);
    this.expression = expression;
    this.place = place;
  }

  /** Of a call: its name and the types it is asked for. */
  static UnsupportedExpressionException of(RexCall call) {
    String types =
        call.getOperands().stream()
            .map(operand -> EvaluationProblem.name(operand.getType().toString()))
            .collect(Collectors.joining(", "));
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    return new UnsupportedExpressionException(name + "(" + types + ")");
  }

  /** The same within a call, which tells the place if nothing nearer did. */
  UnsupportedExpressionException within(RexCall call) {
    return place != null || call.pos.getLineNum() < 1
        ? this
        : new UnsupportedExpressionException(expression, SqlPosition.of(call.pos));
  }

  /** What the user is told. */
  public SqlProblemException asProblem() {
    String message = expression + " is not supported";
    String remedy = "use one of the functions in docs/sql.md, or compute it in the client.";
    SqlPosition known = place;
    return (known == null
            ? SqlProblem.of(ErrorCode.NOT_SUPPORTED, message, remedy)
            : SqlProblem.at(ErrorCode.NOT_SUPPORTED, known, message, remedy))
        .asException();
  }
}
