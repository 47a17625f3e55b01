package io.quiver.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Filtered search: every cell of the grid against the better peer, at recall .99. */
final class FilteredReport implements SuiteReport {
  private static final double LEVEL = .99;
  private static final List<String> PEERS = List.of("Lucene", "JVector");
  private static final List<String> SHOWN =
      List.of("Quiver engine", "Quiver JDBC", "Lucene float", "Lucene SQ8", "JVector memory");

  private static Set<String> cells(SuiteResult result) {
    Set<String> cells = new LinkedHashSet<>();
    for (Figure figure : result.figures()) {
      if (figure.measure().equals("search")) {
        cells.add(figure.cell());
      }
    }
    return cells;
  }

  @Override
  public List<Target> targets(SuiteResult result) {
    List<Target> targets = new ArrayList<>();
    for (String cell : cells(result)) {
      Curves curves = Curves.of(result.figures(), cell);
      boolean anti = cell.startsWith("anti");
      String what =
          cell
              + ": queries/s at recall .99 against the better peer"
              + (curves.beyond(PEERS, LEVEL) ? Target.BEYOND : "");
      double wall = curves.atMost(PEERS, LEVEL, Curves.WALL);
      double cpu = curves.atMost(PEERS, LEVEL, Curves.CPU);
      targets.add(
          Target.atLeast(
              what,
              "Quiver engine",
              anti ? 4 : 2,
              curves.qps("Quiver engine", LEVEL, Curves.WALL) / wall,
              curves.qps("Quiver engine", LEVEL, Curves.CPU) / cpu));
      double engine = curves.qps("Quiver engine", LEVEL, Curves.CPU);
      double jdbc = curves.qps("Quiver JDBC", LEVEL, Curves.CPU);
      if (1e6 / engine < 50) {
        targets.add(
            Target.atMost(
                cell + ": us of CPU above the engine",
                "Quiver JDBC",
                15,
                Double.NaN,
                1e6 / jdbc - 1e6 / engine));
      } else {
        targets.add(
            Target.atLeast(
                what,
                "Quiver JDBC",
                anti ? 3 : 2,
                curves.qps("Quiver JDBC", LEVEL, Curves.WALL) / wall,
                jdbc / cpu));
      }
    }
    for (Figure figure : result.figures()) {
      if (figure.measure().equals("as chosen / the better")) {
        targets.add(
            Target.atMost(
                figure.cell() + ": the plan against the better of pure scan and pure sweep",
                figure.contender(),
                1.6,
                figure.value(),
                Double.NaN));
      }
    }
    return targets;
  }

  @Override
  public String tables(SuiteResult result) {
    StringBuilder text =
        new StringBuilder("Queries per second of processor time at recall .99:\n\n| filter |");
    SHOWN.forEach(name -> text.append(' ').append(name).append(" |"));
    text.append("\n|---|").append("--:|".repeat(SHOWN.size())).append('\n');
    for (String cell : cells(result)) {
      Curves curves = Curves.of(result.figures(), cell);
      text.append("| ").append(cell).append(" |");
      for (String name : SHOWN) {
        double qps = curves.qps(name, LEVEL, Curves.CPU);
        text.append(
            Double.isNaN(qps) ? " not reached |" : String.format(Locale.ROOT, " %,.0f |", qps));
      }
      text.append('\n');
    }
    return text
        + "\n<details><summary>Every point</summary>\n\n"
        + PlainReport.table(result.figures())
        + "\n</details>\n";
  }

  @Override
  public Map<String, SvgPlot> plots(SuiteResult result) {
    Map<String, SvgPlot> plots = new LinkedHashMap<>();
    for (String kind : List.of("random", "positive", "anti")) {
      List<SvgPlot.Line> lines = new ArrayList<>();
      for (String name : SHOWN) {
        List<double[]> points = new ArrayList<>();
        for (String cell : cells(result)) {
          if (cell.startsWith(kind)) {
            double percent = Double.parseDouble(cell.split(" ")[1]);
            double qps = Curves.of(result.figures(), cell).qps(name, LEVEL, Curves.CPU);
            points.add(new double[] {percent, qps});
          }
        }
        lines.add(
            new SvgPlot.Line(
                name,
                points.stream().mapToDouble(point -> point[0]).toArray(),
                points.stream().mapToDouble(point -> point[1]).toArray()));
      }
      plots.put(
          "filtered-" + kind + "-" + result.set(),
          new SvgPlot(
              "Queries a second at recall .99 against selectivity, " + kind,
              "% of the rows that the filter admits",
              "queries per second of processor time",
              true,
              lines));
    }
    return plots;
  }
}
