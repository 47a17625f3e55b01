package io.quiver.planner.expression;

import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import io.quiver.sql.type.MalformedVectorException;

/** What is wrong with a vector, as a problem of the statement that holds it. */
public final class VectorProblems {
  private VectorProblems() {}

  /** The problem, with its code and what to do about it. */
  public static SqlProblemException of(MalformedVectorException e) {
    ErrorCode code =
        switch (e.reason()) {
          case SYNTAX, WRONG_CLASS -> ErrorCode.VECTOR_MALFORMED;
          case NOT_FINITE -> ErrorCode.VECTOR_NOT_FINITE;
          case DIMENSIONS -> ErrorCode.VECTOR_DIMENSIONS_DIFFER;
        };
    String remedy =
        switch (e.reason()) {
          case SYNTAX, WRONG_CLASS -> "write it as '[1,2,3]', or bind it as float[].";
          case NOT_FINITE -> "check what computed the vector.";
          case DIMENSIONS -> "use the model whose vectors the column holds.";
        };
    return SqlProblem.of(code, e.getMessage() == null ? "" : e.getMessage(), remedy).asException();
  }
}
