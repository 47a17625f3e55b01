package io.quiver.benchmarks.report;

import io.quiver.benchmarks.measure.RecallCurve;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Dense search: queries a second at equal recall, scaling, allocation. */
final class DenseReport implements SuiteReport {
  private static final double[] LEVELS = {.95, .98, .995};
  static final String ONE = "1 thread";

  @Override
  public List<Target> targets(SuiteResult result) {
    Curves curves = Curves.of(result.figures(), ONE);
    List<Target> targets = new ArrayList<>();
    for (double level : LEVELS) {
      targets.add(ratio(curves, level, "Quiver engine", "Lucene float", 3));
      targets.add(ratio(curves, level, "Quiver JDBC", "Lucene float", 2.5));
      targets.add(ratio(curves, level, "Quiver engine", "JVector", 5));
      targets.add(ratio(curves, level, "Quiver JDBC", "JVector", 4.5));
    }
    scaling(result, targets);
    allocation(result, targets);
    return targets;
  }

  /** Against a peer that does not reach the recall, the ratio is the least it can be. */
  private static Target ratio(
      Curves curves, double level, String quiver, String peer, double wanted) {
    List<String> peers = List.of(peer);
    return Target.atLeast(
        "queries/s at recall "
            + level
            + " against "
            + (peer.equals("JVector") ? "the better JVector" : peer)
            + (curves.beyond(peers, level) ? Target.BEYOND : ""),
        quiver,
        wanted,
        curves.qps(quiver, level, Curves.WALL) / curves.atMost(peers, level, Curves.WALL),
        curves.qps(quiver, level, Curves.CPU) / curves.atMost(peers, level, Curves.CPU));
  }

  /** Two threads over one, against the best peer's own. */
  private static void scaling(SuiteResult result, List<Target> targets) {
    Map<String, Double> wall = scaling(result, Figure::value);
    Map<String, Double> own = scaling(result, Figure::cpu);
    double peer = best(own);
    own.forEach(
        (name, factor) -> {
          if (name.startsWith("Quiver")) {
            targets.add(
                Target.atLeast(
                    "two threads against one, over the best peer's own scaling of "
                        + Target.plain(peer)
                        + " by the threads' own time, of "
                        + Target.plain(best(wall))
                        + " by the wall",
                    name,
                    0.95,
                    wall.getOrDefault(name, Double.NaN) / best(wall),
                    factor / peer));
          }
        });
  }

  /** What two threads of each contender do by what one does. */
  private static Map<String, Double> scaling(SuiteResult result, ToDoubleFunction<Figure> speed) {
    Map<String, Double> one = new LinkedHashMap<>();
    Map<String, Double> scaling = new LinkedHashMap<>();
    for (Figure figure : result.figures()) {
      if (figure.measure().equals("threads")) {
        double value = speed.applyAsDouble(figure);
        if (figure.cell().equals(ONE)) {
          one.put(figure.contender(), value);
        } else {
          double single = one.getOrDefault(figure.contender(), Double.NaN);
          scaling.put(figure.contender(), value / single);
        }
      }
    }
    return scaling;
  }

  private static double best(Map<String, Double> scaling) {
    return scaling.entrySet().stream()
        .filter(entry -> !entry.getKey().startsWith("Quiver"))
        .mapToDouble(Map.Entry::getValue)
        .max()
        .orElse(Double.NaN);
  }

  private static void allocation(SuiteResult result, List<Target> targets) {
    for (Figure figure : result.figures()) {
      if (figure.measure().equals("allocation") && figure.contender().equals("Quiver engine")) {
        targets.add(
            Target.atMost(
                "bytes allocated by a query at ef " + figure.effort(),
                figure.contender(),
                2048,
                figure.value(),
                Double.NaN));
      }
    }
  }

  @Override
  public String tables(SuiteResult result) {
    Curves curves = Curves.of(result.figures(), ONE);
    StringBuilder text = new StringBuilder("| who |");
    for (double level : LEVELS) {
      text.append(" queries/s at ").append(level).append(" | by CPU |");
    }
    text.append("\n|---|").append("--:|--:|".repeat(LEVELS.length)).append('\n');
    for (String name : curves.byContender().keySet()) {
      text.append("| ").append(name).append(" |");
      for (double level : LEVELS) {
        text.append(' ').append(rounded(curves.qps(name, level, Curves.WALL))).append(" | ");
        text.append(rounded(curves.qps(name, level, Curves.CPU))).append(" |");
      }
      text.append('\n');
    }
    return text
        + "\n<details><summary>Every point</summary>\n\n"
        + PlainReport.table(result.figures())
        + "\n</details>\n";
  }

  private static String rounded(double value) {
    return Double.isNaN(value) ? "not reached" : String.format(Locale.ROOT, "%,.0f", value);
  }

  @Override
  public Map<String, SvgPlot> plots(SuiteResult result) {
    List<SvgPlot.Line> lines = new ArrayList<>();
    Curves.of(result.figures(), ONE)
        .byContender()
        .forEach(
            (name, curve) ->
                lines.add(
                    new SvgPlot.Line(
                        name,
                        curve.points().stream().mapToDouble(RecallCurve.Point::recall).toArray(),
                        curve.points().stream().mapToDouble(RecallCurve.Point::cpuQps).toArray())));
    return Map.of(
        "recall-" + result.set(),
        new SvgPlot(
            "Recall against queries a second: " + result.set(),
            "recall@10",
            "queries per second of processor time",
            false,
            lines));
  }
}
