package io.quiver.jdbc.avatica;

import io.quiver.jdbc.SqlErrors;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.apache.calcite.avatica.AvaticaClientRuntimeException;
import org.apache.calcite.avatica.AvaticaSqlException;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.remote.AvaticaRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Turns whatever Avatica throws into the {@link SQLException} an application should see.
 *
 * <p>Avatica wraps: a failure of the database lies somewhere in the chain of causes, as an {@link
 * AvaticaRuntimeException} in the process, and as one of the client's exceptions over the network.
 */
final class Failures {
  private Failures() {}

  /** Work that may fail in any of Avatica's ways. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T run() throws Exception;
  }

  /** Work without an answer. */
  @FunctionalInterface
  interface Action {
    void run() throws Exception;
  }

  /** Does the work; nothing but SQLException comes out of it. */
  static <T extends @Nullable Object> T guard(Work<T> work) throws SQLException {
    try {
      return work.run();
    } catch (Exception e) {
      throw translated(e);
    }
  }

  /** Does the work; nothing but SQLException comes out of it. */
  static void guardAction(Action action) throws SQLException {
    try {
      action.run();
    } catch (Exception e) {
      throw translated(e);
    }
  }

  static SQLException translated(Exception failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      SQLException known = known(at);
      if (known != null) {
        return known;
      }
    }
    if (failure instanceof SQLException told) {
      return told;
    }
    return SqlErrors.of(
        "XX000",
        0,
        "Internal error: " + failure.getClass().getSimpleName() + message(failure),
        failure);
  }

  /** The failure of a batch of which nothing is done. */
  static BatchUpdateException ofBatch(SQLException e, int size) {
    long[] counts = new long[size];
    Arrays.fill(counts, Statement.EXECUTE_FAILED);
    return new BatchUpdateException(e.getMessage(), e.getSQLState(), e.getErrorCode(), counts, e);
  }

  private static @Nullable SQLException known(Throwable failure) {
    if (failure instanceof AvaticaRuntimeException told) {
      return SqlErrors.of(told.getSqlState(), told.getErrorCode(), told.getErrorMessage(), told);
    }
    if (failure instanceof AvaticaSqlException told) {
      return SqlErrors.of(state(told.getSQLState()), told.getErrorCode(), remote(told), told);
    }
    if (failure instanceof AvaticaClientRuntimeException told) {
      return SqlErrors.of(
          state(told.getSqlState()), told.getErrorCode(), String.valueOf(told.getMessage()), told);
    }
    if (failure instanceof NoSuchConnectionException) {
      return SqlErrors.of("08003", 0, "The connection is closed", failure);
    }
    if (failure instanceof NoSuchStatementException) {
      return SqlErrors.of("26000", 0, "The statement is closed", failure);
    }
    if (failure instanceof SQLException told && told.getSQLState() != null) {
      return told;
    }
    return null;
  }

  private static String remote(AvaticaSqlException told) {
    return told.getErrorMessage() == null
        ? String.valueOf(told.getMessage())
        : told.getErrorMessage();
  }

  private static String state(@Nullable String sqlState) {
    return sqlState == null || sqlState.equals("00000") ? "XX000" : sqlState;
  }

  private static String message(Exception failure) {
    return failure.getMessage() == null ? "" : ": " + failure.getMessage();
  }
}
