package io.quiver.server.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;

/**
 * Runs statements that nobody types: results, and nothing else, go to one stream, warnings to the
 * other; the first statement that fails ends the run.
 *
 * <p>Not sqlline, which changes the line breaks inside a quoted text of a script and prints an
 * absent date as the word null.
 */
final class ScriptRun {
  private final Connection connection;
  private final OutputFormat format;
  private final PrintStream out;
  private final PrintStream warnings;

  /** How results are printed. */
  enum OutputFormat {
    TABLE,
    CSV,
    JSON
  }

  ScriptRun(Connection connection, OutputFormat format, PrintStream out, PrintStream warnings) {
    this.connection = connection;
    this.format = format;
    this.out = out;
    this.warnings = warnings;
  }

  /**
   * Runs the statements of a script in their order.
   *
   * @param name of the script, told with the line of a statement that fails; empty for none
   */
  void run(String name, String script) throws SQLException, IOException {
    for (SqlScript.Part part : SqlScript.parts(script)) {
      try {
        run(part.text());
      } catch (SQLException failure) {
        if (name.isEmpty()) {
          throw failure;
        }
        throw new CommandFailure(
            "%s:%d: %s".formatted(name, part.line(), FailureReport.describe(failure)));
      }
    }
  }

  private void run(String sql) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      for (SQLWarning warning = statement.getWarnings();
          warning != null;
          warning = warning.getNextWarning()) {
        warnings.println("Warning: " + warning.getMessage());
      }
      if (rows) {
        try (ResultSet result = statement.getResultSet()) {
          switch (format) {
            case TABLE -> new ResultTable(out, "", Integer.MAX_VALUE).print(result);
            case CSV -> ResultCsv.print(result, out);
            case JSON -> ResultJson.print(result, out);
          }
        }
      }
    }
  }
}
