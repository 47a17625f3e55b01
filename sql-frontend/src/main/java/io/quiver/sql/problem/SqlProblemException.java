package io.quiver.sql.problem;

import org.jspecify.annotations.Nullable;

/** Carries a {@link SqlProblem}; its message is the whole rendering, caret and remedy included. */
public final class SqlProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SqlProblem problem;
  private final transient @Nullable String statement;

  public SqlProblemException(SqlProblem problem) {
    this(problem, null, null);
  }

  public SqlProblemException(SqlProblem problem, @Nullable Throwable cause) {
    this(problem, null, cause);
  }

  private SqlProblemException(
      SqlProblem problem, @Nullable String statement, @Nullable Throwable cause) {
    super(ProblemText.render(problem, statement), cause);
    this.problem = problem;
    this.statement = statement;
  }

  /** The same, showing where in this statement; unchanged if it shows one already. */
  public SqlProblemException in(String sql) {
    if (statement != null) {
      return this;
    }
    SqlProblemException shown = new SqlProblemException(problem, sql, getCause());
    shown.setStackTrace(getStackTrace());
    return shown;
  }

  public SqlProblem problem() {
    return problem;
  }

  /** The five characters JDBC reports. */
  public String sqlState() {
    return problem.code().sqlState();
  }
}
