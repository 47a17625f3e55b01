package io.quiver.server.cli;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.StorageException;
import io.quiver.engine.check.CheckReport;
import io.quiver.engine.check.DatabaseCheck;
import io.quiver.engine.check.Finding;
import io.quiver.sql.catalog.H2Catalog;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code quiver check}: verifies every file of a database. */
@Command(
    name = "check",
    description =
        "Verify every file of a closed database: checksums, references, keys, graphs, lists, log."
            + " Exit code 0 if all is well, 1 if something is damaged.")
final class CheckCommand implements SubCommand {
  @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the database.")
  private Path directory = Path.of(".");

  @Spec private CommandSpec spec = CommandSpec.create();

  private @Nullable ProgressBar bar;

  @Override
  public Integer call() {
    if (!Files.isDirectory(directory)) {
      throw new CommandFailure("There is no directory " + directory);
    }
    long started = System.nanoTime();
    CheckReport report = check();
    PrintWriter out = spec.commandLine().getOut();
    for (Finding finding : report.findings()) {
      String severity =
          switch (finding.severity()) {
            case DAMAGE -> "damage";
            case NOTE -> "note";
          };
      out.println(severity + ": " + finding.message());
    }
    out.printf(
        Locale.ROOT,
        "Checked %,d tables, %,d segments with %,d rows, %,d log records in %.1f s: %s%n",
        report.collections(),
        report.segments(),
        report.rows(),
        report.records(),
        (System.nanoTime() - started) / 1e9,
        verdict(report));
    out.flush();
    return report.isDamaged() ? 1 : 0;
  }

  private CheckReport check() {
    H2Catalog catalog = new H2Catalog();
    try {
      return DatabaseCheck.run(directory, catalog, this::show);
    } catch (CorruptDataException | StorageException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    } finally {
      catalog.close();
    }
  }

  private void show(int segments, int of) {
    ProgressBar shown = bar;
    if (shown == null) {
      shown = new ProgressBar(System.err, "Checking", "segments", of);
      bar = shown;
    }
    shown.reached(segments, "");
    if (segments == of) {
      shown.finish();
    }
  }

  private static String verdict(CheckReport report) {
    if (!report.isDamaged()) {
      return "all is well";
    }
    long damages =
        report.findings().stream()
            .filter(finding -> finding.severity() == Finding.Severity.DAMAGE)
            .count();
    return damages == 1 ? "1 thing is damaged" : damages + " things are damaged";
  }
}
