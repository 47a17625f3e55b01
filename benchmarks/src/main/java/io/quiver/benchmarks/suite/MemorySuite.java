package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.QuiverEngine;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.benchmarks.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Bytes a vector: what each kind of file holds, and what is resident after the database was opened
 * and searched, as the kernel counts it.
 */
final class MemorySuite {
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
            new DenseSearch(engine, 100, engine.searcher(100, null), set.queries())) {
      for (int i = 0; i < 5; i++) {
        search.run();
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

  /** Bytes of mapped files that are in memory, as Linux tells them; nothing elsewhere. */
  private static Map<String, Long> residentByName(Path folder) throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    Path maps = Path.of("/proc/self/smaps");
    if (!Files.exists(maps)) {
      return bytes;
    }
    String file = "";
    for (String line : Files.readAllLines(maps)) {
      int path = line.indexOf(" /");
      if (line.startsWith("Rss:")) {
        if (file.startsWith(folder.toString())) {
          String name = file.substring(folder.toString().length() + 1).replaceAll("[0-9]+", "N");
          bytes.merge(name, 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")), Long::sum);
        }
      } else if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
        file = path < 0 ? "" : line.substring(path + 1);
      }
    }
    return bytes;
  }
}
