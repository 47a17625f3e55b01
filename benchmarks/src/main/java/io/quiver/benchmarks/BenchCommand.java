package io.quiver.benchmarks;

import io.quiver.benchmarks.data.DocsVectors;
import io.quiver.benchmarks.report.Profile;
import io.quiver.benchmarks.report.Report;
import io.quiver.benchmarks.suite.Suite;
import io.quiver.server.cli.CommandFailure;
import io.quiver.server.cli.SubCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code quiver bench}: Quiver beside Lucene, JVector, H2 and DuckDB. */
@Command(
    name = "bench",
    description = {
      "Compare Quiver with Lucene, JVector, H2 and DuckDB in one process, at equal recall,"
          + " and write a table, JSON and plots."
    })
public final class BenchCommand implements SubCommand {
  /** How long it may take. */
  static final class Size {
    @Option(names = "--quick", description = "Minutes: small sets, few rounds.")
    boolean quick;

    @Option(
        names = "--full",
        description = {
          "Hours: generated sets of 1,000,000 x 768 and 2,000,000 x 128 too. Goes on where an"
              + " earlier run into the same folder ended."
        })
    boolean full;
  }

  @ArgGroup private @Nullable Size size;

  @Option(names = "--rows", paramLabel = "N", description = "A generated set of N rows only.")
  private @Nullable Integer rows;

  @Option(names = "--dim", paramLabel = "D", description = "Its dimension; 384 by default.")
  private int dimension = 384;

  @Option(names = "--seed", paramLabel = "S", description = "Of everything generated.")
  private long seed = 42;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Holds docs60k; by default shared/data beside the project.")
  private @Nullable Path data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "For the results; by default target/bench.")
  private @Nullable Path out;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "SUITE",
      description = "Some of: ${COMPLETION-CANDIDATES}.")
  private List<Suite> only = List.of(Suite.values());

  @Option(
      names = "--contenders",
      split = ",",
      paramLabel = "NAME",
      description = "Only those whose name contains one of these words.")
  private List<String> contenders = List.of();

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description = {
        "Leave the peers' indexes here, and take them from here if there are any of the same set:"
            + " for sets of millions."
      })
  private @Nullable Path kept;

  @Option(names = "--heap", paramLabel = "SIZE", description = "Of each suite's process.")
  private @Nullable String heap;

  @Option(
      names = "--profile",
      description = {
        "Record each suite with the flight recorder, into the results' folder, and write where"
            + " Quiver's time goes in each case."
      })
  private boolean profile;

  @Option(
      names = "--no-flags",
      description = "Without the flags bin/quiver sets, as a program without them runs.")
  private boolean withoutFlags;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path home = Path.of(System.getProperty("quiver.home", "."));
    Path results = (out == null ? home.resolve("target/bench") : out).toAbsolutePath().normalize();
    Path parts = Files.createDirectories(results.resolve("parts"));
    boolean resume = size != null && size.full;
    boolean failed = false;
    for (Settings settings : plan(home, results)) {
      String name = settings.suite() + "-" + settings.set();
      Path part = parts.resolve(name + ".json");
      if (resume && Files.exists(part)) {
        System.out.println(name + ": done in an earlier run");
        continue;
      }
      System.out.println(name);
      Files.deleteIfExists(part);
      Path recording = profile ? results.resolve(name + ".jfr") : null;
      if (!new SuiteProcess(settings, heap(settings), recording).run(part)) {
        System.out.println(name + " failed; what it said is above.");
        failed = true;
      } else if (recording != null) {
        Files.writeString(
            results.resolve(name + "-profile.md"),
            "# Where Quiver's time goes: " + name + "\n" + Profile.of(recording));
      }
      new Report(results).write();
    }
    System.out.println(results.resolve("report.md"));
    return failed ? 1 : 0;
  }

  private Scale scale() {
    if (size == null) {
      return Scale.STANDARD;
    }
    return size.full ? Scale.FULL : Scale.QUICK;
  }

  private List<Settings> plan(Path home, Path results) {
    Path folder = data == null ? home.resolve("../shared/data").normalize() : data;
    Scale scale = scale();
    List<Settings> plan = new ArrayList<>();
    for (Suite suite : EnumSet.copyOf(only)) {
      if (rows != null) {
        // Named alone, a suite of large sets takes any.
        if (suite.takesSmallSets() || only.size() == 1) {
          plan.add(settings(suite, scale, true, rows, dimension, folder, results));
        }
        continue;
      }
      if (suite.takesSmallSets()) {
        boolean generated = !DocsVectors.isThere(folder);
        plan.add(settings(suite, scale, generated, scale.rows(), 384, folder, results));
      }
      if (scale == Scale.FULL && suite.takesLargeSets()) {
        plan.add(settings(suite, scale, true, 1_000_000, 768, folder, results));
        plan.add(settings(suite, scale, true, 2_000_000, 128, folder, results));
      }
    }
    if (plan.isEmpty()) {
      throw new CommandFailure("Nothing to run: the suite large wants --full, or --rows and --dim");
    }
    if (rows == null && !DocsVectors.isThere(folder)) {
      System.out.println(folder + " has no docs60k: generated sets take its place");
    }
    return plan;
  }

  private Settings settings(
      Suite suite,
      Scale scale,
      boolean generated,
      int rowCount,
      int columns,
      Path folder,
      Path results) {
    String name = suite.name().toLowerCase(Locale.ROOT);
    return new Settings(
        name,
        scale,
        generated,
        rowCount,
        columns,
        seed,
        folder.toString(),
        results.resolve("work").resolve(name).toString(),
        results.resolve("generated").toString(),
        kept == null ? "" : kept.toAbsolutePath().normalize().toString(),
        Runtime.getRuntime().availableProcessors(),
        !withoutFlags,
        contenders.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList());
  }

  /** Room for JVector's vectors, which live on the heap, and for what Lucene builds. */
  private String heap(Settings settings) {
    if (heap != null) {
      return heap;
    }
    long bytes = 1_200_000_000L + 3L * settings.rows() * settings.dimension() * Float.BYTES;
    return bytes / 1_000_000 + "m";
  }
}
