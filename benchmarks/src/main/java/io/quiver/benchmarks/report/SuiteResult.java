package io.quiver.benchmarks.report;

import java.util.List;
import java.util.Map;

/**
 * What one suite found out.
 *
 * @param set what was searched
 * @param load of the machine just before and after, as it tells it
 * @param configurations of the contenders, by name
 */
public record SuiteResult(
    String suite,
    String set,
    boolean flags,
    String load,
    Map<String, String> configurations,
    List<Figure> figures) {
  public SuiteResult {
    configurations = Map.copyOf(configurations);
    figures = List.copyOf(figures);
  }
}
