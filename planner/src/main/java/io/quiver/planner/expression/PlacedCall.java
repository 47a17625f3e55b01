package io.quiver.planner.expression;

import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import io.quiver.sql.type.MalformedVectorException;
import org.apache.calcite.rex.RexCall;

/** Tells where in the statement a call stands whose evaluation fails. */
final class PlacedCall {
  private PlacedCall() {}

  /** The same evaluator; as it is for what cannot fail and for calls that were made, not read. */
  static Evaluator of(RexCall call, Evaluator evaluator) {
    if (call.pos.getLineNum() < 1) {
      return evaluator;
    }
    return switch (call.getKind()) {
      case AND,
          OR,
          NOT,
          EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL,
          IS_NULL,
          IS_NOT_NULL,
          IS_TRUE,
          IS_NOT_TRUE,
          IS_FALSE,
          IS_NOT_FALSE,
          CASE ->
          evaluator;
      default -> {
        SqlPosition place = SqlPosition.of(call.pos);
        yield (row, bindings) -> {
          try {
            return evaluator.evaluate(row, bindings);
          } catch (SqlProblemException e) {
            throw placed(e, place);
          } catch (MalformedVectorException e) {
            throw placed(VectorProblems.of(e), place);
          }
        };
      }
    };
  }

  /** What is nearest to the mistake tells its place. */
  private static SqlProblemException placed(SqlProblemException e, SqlPosition place) {
    SqlProblem problem = e.problem();
    return problem.position() == null
        ? new SqlProblemException(
            SqlProblem.at(problem.code(), place, problem.message(), problem.remedy()), e.getCause())
        : e;
  }
}
