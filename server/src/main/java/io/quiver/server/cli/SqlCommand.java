package io.quiver.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
 * {@code quiver sql}: sqlline on a database, typed into, given statements, or a script.
 *
 * <p>Results go to standard output, errors and all else to standard error.
 */
@Command(
    name = "sql",
    description = {
      "Run SQL on a database: interactively, or what -e or -f give, or what comes in by a pipe.",
      "In the shell, !help lists its commands and !quit leaves it."
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
      defaultValue = "TABLE",
      description = "How results are printed: ${COMPLETION-CANDIDATES}.")
  private OutputFormat format = OutputFormat.TABLE;

  /** Where statements come from; at most one of them. */
  private static final class Source {
    @Option(names = "-e", paramLabel = "SQL", description = "Run these statements and leave.")
    private @Nullable List<String> statements;

    @Option(names = "-f", paramLabel = "FILE", description = "Run a script and leave.")
    private @Nullable Path script;
  }

  /** How results are printed. */
  enum OutputFormat {
    TABLE,
    CSV,
    JSON
  }

  @Override
  public Integer call() throws IOException {
    JLINE.setLevel(Level.SEVERE);
    keepHistoryInOwnFolder();
    Path piped = null;
    try {
      List<String> arguments = new ArrayList<>();
      arguments.add("-u");
      arguments.add(quoted(DatabaseArgument.url(database == null ? ":memory:" : database)));
      arguments.add("--outputformat=" + format.name().toLowerCase(Locale.ROOT));
      if (format == OutputFormat.TABLE) {
        arguments.add("--nullvalue=NULL");
      }
      arguments.add("--connectInteractionMode=notAskCredentials");
      if (source != null && source.statements != null) {
        arguments.addAll(unattended());
        for (String statement : source.statements) {
          arguments.add("-e");
          arguments.add(statement);
        }
      } else if (source != null && source.script != null) {
        arguments.addAll(unattended());
        arguments.addAll(script(source.script));
      } else if (!ConsoleTerminal.isAttended()) {
        piped = Files.createTempFile("quiver", ".sql");
        Files.copy(System.in, piped, StandardCopyOption.REPLACE_EXISTING);
        arguments.addAll(unattended());
        arguments.addAll(script(piped));
      }
      SqlShell shell = new SqlShell();
      shell.getOpts().set(BuiltInProperty.CSV_QUOTE_CHARACTER, '"');
      SqlLine.Status status = shell.begin(arguments.toArray(String[]::new), null, true);
      return status == SqlLine.Status.OK && !shell.failed() ? 0 : 1;
    } finally {
      if (piped != null) {
        Files.deleteIfExists(piped);
      }
    }
  }

  /** Settings for output that a program reads: nothing but results, as wide as they are. */
  private static List<String> unattended() {
    return List.of("--silent=true", "--color=false", "--maxwidth=100000", "--headerinterval=0");
  }

  private static List<String> script(Path file) {
    if (!Files.isReadable(file)) {
      throw new CommandFailure("There is no file " + file + " that can be read");
    }
    return List.of("-f", file.toAbsolutePath().toString());
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
