package io.quiver.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** One filling that was searched without filters and with them: what each of three reports says. */
final class LargeReport implements SuiteReport {
  private record Part(SuiteReport report, SuiteResult result) {}

  private static List<Part> parts(SuiteResult result) {
    Predicate<Figure> filtered =
        figure -> figure.measure().equals("search") && !figure.cell().equals(DenseReport.ONE);
    Predicate<Figure> filled = figure -> figure.measure().equals("fill");
    return List.of(
        new Part(SuiteReport.of("build"), only(result, filled)),
        new Part(SuiteReport.of("dense"), only(result, filtered.or(filled).negate())),
        new Part(SuiteReport.of("filtered"), only(result, filtered)));
  }

  private static SuiteResult only(SuiteResult result, Predicate<Figure> wanted) {
    return new SuiteResult(
        result.suite(),
        result.set(),
        result.flags(),
        result.load(),
        result.configurations(),
        result.figures().stream().filter(wanted).toList());
  }

  @Override
  public List<Target> targets(SuiteResult result) {
    List<Target> targets = new ArrayList<>();
    parts(result).forEach(part -> targets.addAll(part.report().targets(part.result())));
    return targets;
  }

  @Override
  public String tables(SuiteResult result) {
    StringBuilder text = new StringBuilder();
    parts(result).forEach(part -> text.append(part.report().tables(part.result())).append('\n'));
    return text.toString();
  }

  @Override
  public Map<String, SvgPlot> plots(SuiteResult result) {
    Map<String, SvgPlot> plots = new LinkedHashMap<>();
    parts(result).forEach(part -> plots.putAll(part.report().plots(part.result())));
    return plots;
  }
}
