package io.quiver.sql.parser;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import org.apache.calcite.sql.parser.SqlParseException;

/** Turns what Calcite's parser throws into problems that say what to do. */
final class ParseProblems {
  private ParseProblems() {}

  static SqlProblemException translate(SqlParseException failure, String sql) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SqlProblemException problem) {
        return problem;
      }
      if (cause instanceof StackOverflowError) {
        return SqlProblem.of(
                ErrorCode.STATEMENT_TOO_DEEP,
                "the statement is nested too deeply",
                "split it, or use IN (...) in place of a long chain.")
            .asException();
      }
    }
    SqlPosition position =
        failure.getPos() == null ? SqlPosition.at(1, 1) : SqlPosition.of(failure.getPos());
    String message = String.valueOf(failure.getMessage());
    int end = message.indexOf('\n');
    return SqlProblem.at(
            ErrorCode.SYNTAX_ERROR,
            position,
            end < 0 ? message : message.substring(0, end),
            "see docs/sql.md for what is accepted.")
        .asException();
  }
}
