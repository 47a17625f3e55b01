package io.quiver.planner;

import io.quiver.engine.search.StopSignal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements: the one way from JDBC into the database.
 *
 * <p>User mistakes surface as {@code SqlProblemException}; a cancelled or overdue statement as
 * {@link io.quiver.engine.search.SearchStoppedException}. Safe for use by many threads, each with a
 * session of its own.
 */
public interface StatementRunner {
  /** Parses, validates and plans, or finds the plan made before. */
  Prepared prepare(Session session, String sql);

  /**
   * Runs a statement once.
   *
   * @param parameters one a parameter, in any class {@link ResultType} allows
   */
  StatementResult execute(
      Session session, Prepared statement, @Nullable Object[] parameters, StopSignal stop);

  /**
   * Runs a write once for each row of parameters, as one commit: all of them or none.
   *
   * @return rows changed by each
   */
  long[] executeBatch(
      Session session, Prepared statement, List<@Nullable Object[]> rows, StopSignal stop);

  /**
   * Runs writes without parameters in order: all of them or none.
   *
   * @return rows changed by each
   */
  long[] executeBatch(Session session, List<String> statements, StopSignal stop);
}
