package io.quiver.planner.definition;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Mistakes in definition statements, told where they stand. */
final class DefinitionProblem {
  private DefinitionProblem() {}

  static SqlProblemException at(
      ErrorCode code, SqlParserPos position, String message, String remedy) {
    return SqlProblem.at(code, SqlPosition.of(position), message, remedy).asException();
  }

  static SqlProblemException notYet(SqlParserPos position, String what, String instead) {
    return at(ErrorCode.NOT_SUPPORTED, position, what + " is not supported yet", instead);
  }
}
