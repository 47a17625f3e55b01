package io.quiver.jdbc;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLInvalidAuthorizationSpecException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** Makes the {@link SQLException} whose class fits its SQLSTATE, as JDBC 4 asks. */
public final class SqlErrors {
  /** SQLSTATE of work that was cancelled or ran out of time. */
  public static final String CANCELED = "57014";

  /** Vendor code of a statement that ran out of time, as against one that was cancelled. */
  public static final int TIMED_OUT_CODE = 57_015;

  /** Vendor code of a statement that was cancelled. */
  public static final int CANCELED_CODE = 57_014;

  private SqlErrors() {}

  /** An exception of the class that the SQLSTATE asks for. */
  public static SQLException of(
      String sqlState, int code, String message, @Nullable Throwable cause) {
    if (sqlState.equals(CANCELED)) {
      return code == TIMED_OUT_CODE
          ? new SQLTimeoutException(message, sqlState, code, cause)
          : new SQLException(message, sqlState, code, cause);
    }
    return switch (sqlState.length() < 2 ? "" : sqlState.substring(0, 2)) {
      case "08" -> new SQLNonTransientConnectionException(message, sqlState, code, cause);
      case "0A" -> new SQLFeatureNotSupportedException(message, sqlState, code, cause);
      case "22" -> new SQLDataException(message, sqlState, code, cause);
      case "23" -> new SQLIntegrityConstraintViolationException(message, sqlState, code, cause);
      case "28" -> new SQLInvalidAuthorizationSpecException(message, sqlState, code, cause);
      case "40" -> new SQLTransactionRollbackException(message, sqlState, code, cause);
      case "53" -> new SQLTransientException(message, sqlState, code, cause);
      case "42" -> new SQLSyntaxErrorException(message, sqlState, code, cause);
      default -> new SQLException(message, sqlState, code, cause);
    };
  }

  /** What JDBC allows a driver to leave out, and Quiver does. */
  public static SQLException unsupported(String what) {
    return of("0A000", 0, what, null);
  }

  /** A value that cannot be turned into what was asked for. */
  public static SQLException invalidValue(String message) {
    return of("22018", 0, message, null);
  }

  /** A number that does not fit. */
  public static SQLException outOfRange(String message) {
    return of("22003", 0, message, null);
  }

  /** A call that JDBC does not allow here. */
  public static SQLException misuse(String sqlState, String message) {
    return of(sqlState, 0, message, null);
  }
}
