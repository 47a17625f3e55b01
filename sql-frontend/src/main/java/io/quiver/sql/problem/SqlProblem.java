package io.quiver.sql.problem;

import org.jspecify.annotations.Nullable;

/**
 * A mistake in a statement, told so that it can be put right.
 *
 * @param position what is wrong; null where it is not a place in the text
 * @param message what is the case, with the names and numbers at hand
 * @param remedy what to do, one sentence
 */
public record SqlProblem(
    ErrorCode code, @Nullable SqlPosition position, String message, String remedy) {

  /** A problem that is not a place in the text. */
  public static SqlProblem of(ErrorCode code, String message, String remedy) {
    return new SqlProblem(code, null, message, remedy);
  }

  /** A problem at a place. */
  public static SqlProblem at(ErrorCode code, SqlPosition position, String message, String remedy) {
    return new SqlProblem(code, position, message, remedy);
  }

  /** The problem as an exception, for throwing. */
  public SqlProblemException asException() {
    return new SqlProblemException(this);
  }
}
