package io.quiver.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sqlline.BuiltInProperty;
import sqlline.SqlLine;

/**
 * {@code quiver sql}: sqlline on a database where a person types, and statements or a script
 * without it.
 *
 * <p>Results go to standard output, errors and all else to standard error.
 */
@Command(
    name = "sql",
    description = {
      "Run SQL on a database: interactively, or what -e or -f give, or what comes in by a pipe.",
      "In the shell, help lists its commands and exit leaves it."
    })
final class SqlCommand implements SubCommand {
  // A reference is kept so that the level set on it is not lost with the logger.
  private static final Logger JLINE = Logger.getLogger("org.jline");

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "URL|DIR",
      description = "The database: a directory or a JDBC URL; without it, an empty one in memory.")
  private @Nullable String database;

  @ArgGroup private @Nullable Source source;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "How results are printed: ${COMPLETION-CANDIDATES}.")
  private ScriptRun.OutputFormat format = ScriptRun.OutputFormat.TABLE;

  /** Where statements come from; at most one of them. */
  private static final class Source {
    @Option(names = "-e", paramLabel = "SQL", description = "Run these statements and leave.")
    private @Nullable List<String> statements;

    @Option(names = "-f", paramLabel = "FILE", description = "Run a script and leave.")
    private @Nullable Path script;
  }

  @Override
  public Integer call() throws IOException, SQLException {
    String url = DatabaseArgument.url(database == null ? ":memory:" : database);
    if (source == null && ConsoleTerminal.isAttended()) {
      return shell(url);
    }
    try (Connection connection = DriverManager.getConnection(url)) {
      // A result of many rows is many small writes.
      PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, UTF_8);
      ScriptRun run = new ScriptRun(connection, format, out, System.err);
      try {
        if (source != null && source.statements != null) {
          for (String statement : source.statements) {
            run.run("", statement);
          }
        } else if (source != null && source.script != null) {
          run.run(source.script.toString(), text(source.script));
        } else {
          run.run("", new String(System.in.readAllBytes(), UTF_8));
        }
      } finally {
        out.flush();
      }
    }
    return 0;
  }

  private static String text(Path script) throws IOException {
    if (!Files.isReadable(script) || Files.isDirectory(script)) {
      throw new CommandFailure("There is no file " + script + " that can be read");
    }
    return Files.readString(script);
  }

  private int shell(String url) throws IOException {
    JLINE.setLevel(Level.SEVERE);
    keepHistoryInOwnFolder();
    List<String> arguments = new ArrayList<>();
    arguments.add("-u");
    arguments.add(quoted(url));
    arguments.add("--outputformat=" + format.name().toLowerCase(Locale.ROOT));
    if (format == ScriptRun.OutputFormat.TABLE) {
      arguments.add("--nullvalue=NULL");
    }
    arguments.add("--connectInteractionMode=notAskCredentials");
    SqlShell shell = new SqlShell();
    shell.getOpts().set(BuiltInProperty.CSV_QUOTE_CHARACTER, '"');
    SqlLine.Status status = shell.begin(arguments.toArray(String[]::new), null, true);
    return status == SqlLine.Status.OK && !shell.failed() ? 0 : 1;
  }

  private static void keepHistoryInOwnFolder() {
    if (System.getProperty("x.sqlline.basedir") == null) {
      System.setProperty(
          "x.sqlline.basedir", Path.of(System.getProperty("user.home"), ".quiver").toString());
    }
  }

  /** sqlline splits its connect command at spaces outside quotation marks. */
  private static String quoted(String url) {
    return url.contains(" ") ? '"' + url + '"' : url;
  }
}
