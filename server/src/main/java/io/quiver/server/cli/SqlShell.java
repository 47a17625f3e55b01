package io.quiver.server.cli;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.Objects;
import org.jline.reader.Buffer;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.Widget;
import sqlline.SqlLine;

/**
 * sqlline with our way of telling errors: the message whole, with its caret and remedy, and an exit
 * code that knows whether a statement failed. A line that is another shell's word is turned into
 * sqlline's command before it is taken.
 */
final class SqlShell extends SqlLine {
  private boolean failed;

  /** Whether any statement or command of this shell failed. */
  boolean failed() {
    return failed;
  }

  @Override
  public LineReader getConsoleReader(InputStream in, History history) throws IOException {
    LineReader reader = super.getConsoleReader(in, history);
    Widget accept =
        Objects.requireNonNull(reader.getWidgets().get(LineReader.ACCEPT_LINE), "accept-line");
    Widget translateAndAccept =
        () -> {
          Buffer line = reader.getBuffer();
          String typed = line.toString();
          String command = ShellWords.translated(typed);
          if (!command.equals(typed)) {
            line.clear();
            line.write(command);
          }
          return accept.apply();
        };
    reader.getWidgets().put(LineReader.ACCEPT_LINE, translateAndAccept);
    return reader;
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
