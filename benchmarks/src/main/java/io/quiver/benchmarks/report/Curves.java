package io.quiver.benchmarks.report;

import io.quiver.benchmarks.measure.RecallCurve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

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

  /** The best of the contenders whose names start so; NaN where none reaches the recall. */
  double best(String prefix, double recall, ToDoubleFunction<RecallCurve.Point> measure) {
    return greatest(prefix, curve -> curve.at(recall, measure).orElse(Double.NaN));
  }

  /**
   * No less than the best of the contenders whose names start so: one that does not reach the
   * recall counts with the queries a second of its greatest effort. NaN where there are none.
   */
  double atMost(String prefix, double recall, ToDoubleFunction<RecallCurve.Point> measure) {
    return greatest(prefix, curve -> curve.atMost(recall, measure));
  }

  private double greatest(String prefix, ToDoubleFunction<RecallCurve> speed) {
    return byContender.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .mapToDouble(entry -> speed.applyAsDouble(entry.getValue()))
        .filter(qps -> !Double.isNaN(qps))
        .max()
        .orElse(Double.NaN);
  }
}
