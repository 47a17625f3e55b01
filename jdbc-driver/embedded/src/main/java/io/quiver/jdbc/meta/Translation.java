package io.quiver.jdbc.meta;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.StorageException;
import io.quiver.engine.search.SearchStoppedException;
import io.quiver.jdbc.SqlErrors;
import io.quiver.planner.expression.VectorProblems;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import io.quiver.sql.type.MalformedVectorException;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.jspecify.annotations.Nullable;

/** Turns what the database throws into the exception that Avatica carries, here and over a wire. */
final class Translation {
  private Translation() {}

  /** Does work on a statement; whatever fails in it comes out as Avatica's exception. */
  static <T extends @Nullable Object> T telling(String sql, Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw translated(sql, e);
    }
  }

  /** An error that is the caller's, with its SQLSTATE. */
  static AvaticaRuntimeException problem(String sqlState, int code, String message) {
    return new AvaticaRuntimeException(message, code, sqlState, AvaticaSeverity.ERROR);
  }

  static RuntimeException translated(String sql, Throwable failure) {
    if (failure instanceof AvaticaRuntimeException told) {
      return told;
    }
    if (failure instanceof NoSuchConnectionException gone) {
      return gone;
    }
    AvaticaRuntimeException told = told(sql, failure);
    told.initCause(failure);
    return told;
  }

  private static AvaticaRuntimeException told(String sql, Throwable failure) {
    if (failure instanceof SqlProblemException mistake) {
      return problem(
          mistake.sqlState(),
          mistake.problem().code().number(),
          String.valueOf(mistake.in(sql).getMessage()));
    }
    if (failure instanceof SearchStoppedException stopped) {
      return problem(
          SqlErrors.CANCELED,
          stopped.timedOut() ? SqlErrors.TIMED_OUT_CODE : SqlErrors.CANCELED_CODE,
          stopped.timedOut() ? late(stopped) : String.valueOf(stopped.getMessage()));
    }
    if (failure instanceof MalformedVectorException wrong) {
      return told(sql, VectorProblems.of(wrong)); // found while rows are read
    }
    if (failure instanceof CorruptDataException damaged) {
      return problem("XX001", 0, String.valueOf(damaged.getMessage()));
    }
    if (failure instanceof StorageException broken) {
      return problem("58030", 0, String.valueOf(broken.getMessage()));
    }
    if (failure instanceof StackOverflowError) {
      return problem("54001", 0, "The statement is nested too deeply");
    }
    String message = failure.getMessage() == null ? "" : ": " + failure.getMessage();
    return problem("XX000", 0, "Internal error: " + failure.getClass().getSimpleName() + message);
  }

  private static String late(SearchStoppedException stopped) {
    return String.valueOf(
        SqlProblem.of(
                ErrorCode.STATEMENT_CANCELLED,
                String.valueOf(stopped.getMessage()),
                "narrow it by WHERE or LIMIT, or raise statement_timeout or the statement's query"
                    + " timeout.")
            .asException()
            .getMessage());
  }

  /** For code of JDBC's own, inside Avatica's methods that cannot declare SQLException. */
  static AvaticaRuntimeException of(SQLException failure) {
    String state = failure.getSQLState();
    AvaticaRuntimeException told =
        problem(
            state == null ? "XX000" : state,
            failure.getErrorCode(),
            String.valueOf(failure.getMessage()));
    told.initCause(failure);
    return told;
  }
}
