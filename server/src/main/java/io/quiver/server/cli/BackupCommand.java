package io.quiver.server.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quiver backup}: copies a database, also one that a server is writing to. */
@Command(
    name = "backup",
    description = {
      "Copy a database to a new directory and check the copy.",
      "Of a server, give its URL: the copy goes to a new directory of that name in its backup_dir,"
          + " while everybody goes on."
    })
final class BackupCommand implements SubCommand {
  @Parameters(index = "0", paramLabel = "URL|DIR", description = "The database.")
  private String database = "";

  @Parameters(index = "1", paramLabel = "TARGET", description = "Where to: new or empty.")
  private String target = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws SQLException {
    String url = DatabaseArgument.url(database);
    boolean remote = url.startsWith("jdbc:quiver://");
    if (!remote) {
      DatabaseArgument.checkExists(database);
    }
    String directory = remote ? target : Path.of(target).toAbsolutePath().normalize().toString();
    long started = System.nanoTime();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet done =
            statement.executeQuery("BACKUP TO '" + directory.replace("'", "''") + "'")) {
      done.next();
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          Locale.ROOT,
          "Backed up to %s: %,d files, %.1f MB, every commit up to position %d, checked, in %.1f"
              + " s%n",
          done.getString("directory"),
          done.getLong("files"),
          done.getLong("bytes") / 1e6,
          done.getLong("position"),
          (System.nanoTime() - started) / 1e9);
      out.flush();
    }
    return 0;
  }
}
