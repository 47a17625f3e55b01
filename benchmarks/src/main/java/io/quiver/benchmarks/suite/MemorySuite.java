package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Scale;
import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.QuiverEngine;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.benchmarks.measure.MappedFiles;
import io.quiver.benchmarks.report.Figure;
import io.quiver.engine.io.HugePages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Bytes a vector: what each kind of file holds, and what is resident after the database was opened
 * and searched, as the kernel counts it. Then searches with a quarter of the data in memory.
 */
final class MemorySuite {
  /** Of the bytes of the vectors: what of all files may be in memory in the end. */
  private static final double BUDGET = .25;

  private MemorySuite() {}

  static void run(Settings settings, Findings findings) throws Exception {
    VectorSet set = settings.vectors();
    int rows = set.rows().count();
    Path folder = settings.folder("engine");
    // The graph's builder must not be counted: the database is filled and closed, then opened.
    new QuiverEngine(folder, set.dimension(), 0, settings.threads())
        .fill(set, new int[0][])
        .close();
    for (Map.Entry<String, Long> file : bytesByName(folder).entrySet()) {
      findings.add(
          Figure.of(
              "Quiver engine",
              "files",
              file.getKey(),
              (double) file.getValue() / rows,
              "bytes a vector"));
    }
    try (QuiverEngine engine = QuiverEngine.reopen(folder, settings.threads());
        DenseSearch search =
            new DenseSearch(engine, "memory", 100, engine.searcher(100, null), set.queries())) {
      for (int i = 0; i < 5; i++) {
        search.run();
      }
      if (!MappedFiles.areTold()) {
        return;
      }
      for (Map.Entry<String, Long> file : residentByName(folder).entrySet()) {
        findings.add(
            Figure.of(
                "Quiver engine",
                "resident",
                file.getKey() + " after " + set.queries().length + " queries",
                (double) file.getValue() / rows,
                "bytes a vector"));
      }
      int seconds = settings.scale() == Scale.QUICK ? 5 : 20;
      new MemoryBudget(folder, set, engine, seconds).run(BUDGET, findings);
    }
  }

  /** Sizes of files, those that differ only by numbers in their names taken together. */
  private static Map<String, Long> bytesByName(Path folder) throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString().replaceAll("[0-9]+", "N");
        bytes.merge(name, Files.size(file), Long::sum);
      }
    }
    return bytes;
  }

  /** Bytes of mapped files that are in memory, and of copies in huge pages. */
  private static Map<String, Long> residentByName(Path folder) throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    for (MappedFiles.Mapping mapping : MappedFiles.below(folder)) {
      String name = folder.relativize(mapping.file()).toString().replaceAll("[0-9]+", "N");
      bytes.merge(name, mapping.resident(), Long::sum);
    }
    bytes.put("huge pages", HugePages.shared().held());
    return bytes;
  }
}
