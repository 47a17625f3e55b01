package io.quiver.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the figures of one kind of suite say: promises, tables and plots. */
interface SuiteReport {
  /** Promises kept and missed. */
  List<Target> targets(SuiteResult result);

  /** Tables in Markdown. */
  String tables(SuiteResult result);

  /** Plots, by the name of their files. */
  default Map<String, SvgPlot> plots(SuiteResult result) {
    return new LinkedHashMap<>();
  }

  /** The one for a suite. */
  static SuiteReport of(String suite) {
    return switch (suite) {
      case "dense" -> new DenseReport();
      case "filtered" -> new FilteredReport();
      case "build" -> new TimeReport("fill", "Quiver engine", 0.4);
      case "large" -> new LargeReport();
      case "insert" -> new TimeReport("insert", "Quiver JDBC", 0.8);
      default -> new PairReport();
    };
  }
}
