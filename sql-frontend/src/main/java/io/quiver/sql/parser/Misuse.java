package io.quiver.sql.parser;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlPosition;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Statements that the grammar can read only to refuse them well. */
public final class Misuse {
  private Misuse() {}

  /** {@code CREATE OR REPLACE} of something other than a view. */
  public static SqlProblemException orReplace(Command command, SqlParserPos position) {
    return syntax(
        position,
        command.statementName() + " has no OR REPLACE; only a view can be replaced",
        "drop it first, or write IF NOT EXISTS.");
  }

  /** {@code COPY (query) FROM}. */
  public static SqlProblemException copyFromIntoQuery(SqlParserPos position) {
    return syntax(
        position,
        "COPY FROM needs a table, not a query",
        "write COPY table FROM 'file', or COPY (query) TO 'file'.");
  }

  /** {@code COPY table (columns) TO}. */
  public static SqlProblemException copyColumnsTo(SqlParserPos position) {
    return syntax(
        position,
        "COPY TO takes a whole table or a query",
        "write COPY (SELECT columns FROM table) TO 'file'.");
  }

  private static SqlProblemException syntax(SqlParserPos position, String message, String remedy) {
    return SqlProblem.at(ErrorCode.SYNTAX_ERROR, SqlPosition.of(position), message, remedy)
        .asException();
  }
}
