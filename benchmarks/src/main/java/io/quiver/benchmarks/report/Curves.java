package io.quiver.benchmarks.report;

import io.quiver.benchmarks.measure.RecallCurve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The recall curves in a list of figures, by contender. */
record Curves(Map<String, RecallCurve> byContender) {
  static final ToDoubleFunction<RecallCurve.Point> WALL = RecallCurve.Point::wallQps;
  static final ToDoubleFunction<RecallCurve.Point> CPU = RecallCurve.Point::cpuQps;

  /** Those of one case. */
  static Curves of(List<Figure> figures, String cell) {
    Map<String, List<RecallCurve.Point>> points = new LinkedHashMap<>();
    for (Figure figure : figures) {
      if (figure.measure().equals("search") && figure.cell().equals(cell)) {
        points
            .computeIfAbsent(figure.contender(), name -> new ArrayList<>())
            .add(
                new RecallCurve.Point(
                    figure.effort(), figure.recall(), figure.value(), figure.cpu()));
      }
    }
    Map<String, RecallCurve> curves = new LinkedHashMap<>();
    points.forEach((name, list) -> curves.put(name, new RecallCurve(list)));
    return new Curves(curves);
  }

  /** Queries a second of a contender at a recall, NaN where it does not reach it. */
  double qps(String contender, double recall, ToDoubleFunction<RecallCurve.Point> measure) {
    RecallCurve curve = byContender.get(contender);
    return curve == null ? Double.NaN : curve.at(recall, measure).orElse(Double.NaN);
  }

  /**
   * No less than the best of the contenders whose names start with one of these: one that does not
   * reach the recall counts with the fewest queries a second of any effort. NaN where there are
   * none.
   */
  double atMost(List<String> prefixes, double recall, ToDoubleFunction<RecallCurve.Point> measure) {
    return named(prefixes)
        .mapToDouble(curve -> curve.atMost(recall, measure))
        .max()
        .orElse(Double.NaN);
  }

  /** Whether there are such contenders, and none of them reaches the recall. */
  boolean beyond(List<String> prefixes, double recall) {
    return named(prefixes).findAny().isPresent()
        && named(prefixes).allMatch(curve -> curve.at(recall, CPU).isEmpty());
  }

  private Stream<RecallCurve> named(List<String> prefixes) {
    return byContender.entrySet().stream()
        .filter(entry -> prefixes.stream().anyMatch(entry.getKey()::startsWith))
        .map(Map.Entry::getValue);
  }
}
