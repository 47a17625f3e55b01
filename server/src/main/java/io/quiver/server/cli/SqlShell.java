package io.quiver.server.cli;

import java.sql.SQLException;
import sqlline.SqlLine;

/**
 * sqlline with our way of telling errors: the message whole, with its caret and remedy, and an exit
 * code that knows whether a statement failed.
 */
final class SqlShell extends SqlLine {
  private boolean failed;

  /** Whether any statement or command of this shell failed. */
  boolean failed() {
    return failed;
  }

  @Override
  public void handleException(Throwable thrown) {
    Throwable cause = thrown;
    while (!(cause instanceof SQLException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof SQLException problem) {
      error(FailureReport.describe(problem));
    } else {
      super.handleException(thrown);
      failed = true;
    }
  }

  @Override
  public boolean error(String message) {
    // sqlline tells warnings of a connection on the same way as errors.
    if (!message.startsWith("Warning: ")) {
      failed = true;
    }
    return super.error(message);
  }
}
