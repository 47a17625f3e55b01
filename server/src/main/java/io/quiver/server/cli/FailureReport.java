package io.quiver.server.cli;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells a user what went wrong, on standard error.
 *
 * <p>A mistake of the user is told by its message, which carries position and remedy; a defect of
 * ours with its stack trace, because that is what a report of it needs.
 */
final class FailureReport implements IExecutionExceptionHandler {
  /** Line and column at the end of the first line, and further down the text with a mark below. */
  private static final Pattern PLACE =
      Pattern.compile(" at line \\d+, column \\d+$|^.*\\R +\\^+\\R", Pattern.MULTILINE);

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) {
    PrintWriter errors = commandLine.getErr();
    print(failure, errors);
    errors.flush();
    return 1;
  }

  static void print(Throwable failure, PrintWriter errors) {
    switch (failure) {
      case SQLException problem -> errors.println(describe(problem));
      case CommandFailure told -> errors.println(told.getMessage());
      case NoSuchFileException missing -> errors.println("There is no file " + missing.getFile());
      case UncheckedIOException wrapped -> errors.println(wrapped.getMessage());
      default -> failure.printStackTrace(errors);
    }
  }

  /** The message, and the SQLSTATE where the message does not tell it already. */
  static String describe(SQLException problem) {
    String message = problem.getMessage() == null ? problem.toString() : problem.getMessage();
    String state = problem.getSQLState();
    return state == null || message.contains(state)
        ? message
        : message + " (SQLSTATE " + state + ")";
  }

  /** The same without the place in a statement that the user did not write. */
  static String describeWithoutPlace(SQLException problem) {
    return PLACE.matcher(describe(problem)).replaceAll("");
  }
}
