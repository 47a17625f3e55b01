package io.quiver.planner.transaction;

import io.quiver.engine.search.StopSignal;
import io.quiver.planner.Prepared;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.planner.StatementRunner;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Several statements given at once, done all or none: a transaction of their own, or a part of the
 * one that is open.
 */
public record StatementBatch(StatementRunner runner) {
  private static final @Nullable Object[] NO_PARAMETERS = {};
  private static final int ATTEMPTS = 100;

  /**
   * Runs them in order.
   *
   * @return rows changed by each
   */
  public long[] run(Session session, List<String> statements, StopSignal stop) {
    SessionTransaction transaction = session.transaction();
    if (transaction.isActive()) {
      OptionalInt before = transaction.writes();
      try {
        return each(session, statements, stop);
      } catch (RuntimeException | Error e) {
        transaction.rollBackTo(before);
        throw e;
      }
    }
    for (int attempt = 1; ; attempt++) {
      transaction.begin(false);
      try {
        long[] changed = each(session, statements, stop);
        transaction.commit();
        return changed;
      } catch (SqlProblemException e) {
        transaction.rollback();
        if (e.problem().code() != ErrorCode.WRITE_CONFLICT || attempt == ATTEMPTS) {
          throw e;
        }
        stop.check();
      } catch (RuntimeException | Error e) {
        transaction.rollback();
        throw e;
      }
    }
  }

  private long[] each(Session session, List<String> statements, StopSignal stop) {
    long[] changed = new long[statements.size()];
    for (int i = 0; i < changed.length; i++) {
      String sql = statements.get(i);
      try {
        changed[i] = one(session, sql, stop);
      } catch (SqlProblemException e) {
        throw numbered(e, i + 1, sql);
      }
    }
    return changed;
  }

  private long one(Session session, String sql, StopSignal stop) {
    Prepared prepared = runner.prepare(session, sql);
    switch (prepared.kind()) {
      case INSERT, UPDATE, DELETE, MERGE, SETTING -> {}
      case QUERY ->
          throw refused("a query gives rows, for which a batch has no place", "run it by itself.");
      case DEFINITION, TRANSACTION ->
          throw refused(
              "a batch is done whole or not at all, and this commits or ends what came before it",
              "run it by itself.");
    }
    return switch (runner.execute(session, prepared, NO_PARAMETERS, stop)) {
      case StatementResult.Changed done -> done.rows();
      case StatementResult.Rows rows -> {
        // RETURNING: what it gives back is not wanted here, what it did is.
        long count = 0;
        try (var cursor = rows.cursor()) {
          while (cursor.next()) {
            count++;
          }
        }
        yield count;
      }
    };
  }

  private static SqlProblemException refused(String message, String remedy) {
    return SqlProblem.of(ErrorCode.NOT_SUPPORTED, message, remedy).asException();
  }

  private static SqlProblemException numbered(SqlProblemException e, int number, String sql) {
    SqlProblem problem = e.problem();
    return new SqlProblemException(
            new SqlProblem(
                problem.code(),
                problem.position(),
                "statement "
                    + number
                    + " of the batch failed, so that none is done: "
                    + problem.message(),
                problem.remedy()),
            e)
        .in(sql);
  }
}
