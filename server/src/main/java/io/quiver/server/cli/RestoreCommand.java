package io.quiver.server.cli;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.StorageException;
import io.quiver.engine.backup.BackupReport;
import io.quiver.engine.backup.DatabaseCopy;
import io.quiver.engine.check.CheckReport;
import io.quiver.engine.check.Finding;
import io.quiver.engine.search.StopSignal;
import io.quiver.planner.backup.CopyCheck;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quiver restore}: makes a database of a backup. */
@Command(
    name = "restore",
    description = {
      "Check a backup, copy it to a new directory, and check the copy.",
      "The backup stays as it is. It has its users and their passwords in it."
    })
final class RestoreCommand implements SubCommand {
  @Parameters(index = "0", paramLabel = "BACKUP", description = "The directory of the backup.")
  private Path backup = Path.of(".");

  @Parameters(index = "1", paramLabel = "DIR", description = "Where to: new or empty.")
  private Path directory = Path.of(".");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (!Files.isDirectory(backup)) {
      throw new CommandFailure("There is no directory " + backup);
    }
    long started = System.nanoTime();
    try {
      refuseDamaged(backup, CopyCheck.of(backup));
      BackupReport copied = DatabaseCopy.ofClosed(backup, directory, StopSignal.NEVER);
      CheckReport restored = CopyCheck.of(directory);
      refuseDamaged(directory, restored);
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          Locale.ROOT,
          "Restored to %s: %,d tables, %,d files, %.1f MB, every commit up to position %d, checked,"
              + " in %.1f s%n",
          directory,
          restored.collections(),
          copied.files(),
          copied.bytes() / 1e6,
          copied.position(),
          (System.nanoTime() - started) / 1e9);
      out.flush();
    } catch (CorruptDataException | StorageException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
    return 0;
  }

  private static void refuseDamaged(Path where, CheckReport report) {
    if (!report.isDamaged()) {
      return;
    }
    StringBuilder damage = new StringBuilder(where + " is damaged:");
    for (Finding finding : report.findings()) {
      if (finding.severity() == Finding.Severity.DAMAGE) {
        damage.append("\n  - ").append(finding.message());
      }
    }
    throw new CommandFailure(damage.toString());
  }
}
