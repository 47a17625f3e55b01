package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.report.Figure;
import io.quiver.benchmarks.report.SuiteResult;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Collects figures while a suite runs, and shows each as it comes. */
public final class Findings {
  private final List<Figure> figures = new ArrayList<>();
  private final Map<String, String> configurations = new LinkedHashMap<>();
  private final double loadBefore = load();

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  public void add(Figure figure) {
    figures.add(figure);
    System.out.printf(
        Locale.ROOT,
        "  %-16s %-12s %-28s ef %-6d recall %6.4f  %,14.2f  cpu %,14.2f %s%n",
        figure.contender(),
        figure.measure(),
        figure.cell(),
        figure.effort(),
        figure.recall(),
        figure.value(),
        figure.cpu(),
        figure.unit());
    System.out.flush();
  }

  public void configuration(String contender, String configuration) {
    configurations.put(contender, configuration);
  }

  /** All of it. */
  public SuiteResult result(Settings settings) {
    String load = String.format(Locale.ROOT, "%.1f to %.1f", loadBefore, load());
    return new SuiteResult(
        settings.suite(), settings.set(), settings.flags(), load, configurations, figures);
  }
}
