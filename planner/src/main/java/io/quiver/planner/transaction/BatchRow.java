package io.quiver.planner.transaction;

import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;

/** Which row of parameters of a batch a problem lies in. */
public final class BatchRow {
  private BatchRow() {}

  /**
   * The problem with the row's number in its message, if it does not say one already.
   *
   * @param row from 0
   */
  public static SqlProblemException naming(int row, SqlProblemException e) {
    SqlProblem problem = e.problem();
    if (problem.message().startsWith("row ")) {
      return e;
    }
    return new SqlProblemException(
        new SqlProblem(
            problem.code(),
            problem.position(),
            "row " + (row + 1) + " of the batch: " + problem.message(),
            problem.remedy()),
        e);
  }
}
