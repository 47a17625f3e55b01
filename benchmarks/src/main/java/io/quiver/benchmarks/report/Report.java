package io.quiver.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Everything a folder of results holds, as {@code report.md}, {@code results.json} and plots. */
public final class Report {
  private final Path folder;
  private final ObjectMapper json = new ObjectMapper();

  public Report(Path folder) {
    this.folder = folder;
  }

  /** Writes anew from what the suites left. */
  public void write() throws IOException {
    List<SuiteResult> results = new ArrayList<>();
    try (Stream<Path> parts = Files.list(folder.resolve("parts"))) {
      for (Path part : parts.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        results.add(json.readValue(part.toFile(), SuiteResult.class));
      }
    }
    json.writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("results.json").toFile(), results);
    Files.writeString(folder.resolve("report.md"), text(results));
  }

  private String text(List<SuiteResult> results) throws IOException {
    StringBuilder text = new StringBuilder("# Results\n\n");
    text.append(Machine.describe()).append("\n\n## Targets\n\n");
    text.append(
        "| what | who | wanted | by the wall | by CPU time | |\n|---|---|---|--:|--:|---|\n");
    for (SuiteResult result : results) {
      for (Target target : SuiteReport.of(result.suite()).targets(result)) {
        text.append(
            new Target(
                    result.set() + ": " + target.what(),
                    target.who(),
                    target.wanted(),
                    target.wall(),
                    target.cpu(),
                    target.met())
                .row());
        text.append('\n');
      }
    }
    for (SuiteResult result : results) {
      text.append("\n## ").append(result.suite()).append(", ").append(result.set());
      text.append("\n\nLoad of the machine: ").append(result.load()).append(". ");
      text.append(result.flags() ? "With the flags of bin/quiver." : "Without any flag.");
      text.append("\n\n");
      SuiteReport report = SuiteReport.of(result.suite());
      for (Map.Entry<String, SvgPlot> plot : report.plots(result).entrySet()) {
        Files.writeString(folder.resolve(plot.getKey() + ".svg"), plot.getValue().text());
        text.append("![").append(plot.getValue().title()).append("](");
        text.append(plot.getKey()).append(".svg)\n\n");
      }
      text.append(report.tables(result));
      text.append('\n');
      result
          .configurations()
          .forEach(
              (name, how) -> text.append("- ").append(name).append(": ").append(how).append('\n'));
    }
    return text.toString();
  }
}
