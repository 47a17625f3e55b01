package io.quiver.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** Promises that compare two figures of one case: sparse, MaxSim, SQL, changing data, memory. */
final class PairReport implements SuiteReport {
  @Override
  public List<Target> targets(SuiteResult result) {
    List<Target> targets = new ArrayList<>();
    List<Figure> figures = result.figures();
    switch (result.suite()) {
      case "sparse" -> sparse(figures, targets);
      case "maxsim" -> maxsim(figures, targets);
      case "sql" -> sql(figures, targets);
      case "wire" -> wire(figures, targets);
      case "kernels" -> {}
      case "mixed" -> mixed(figures, targets);
      default -> memory(figures, targets);
    }
    return targets;
  }

  /** The figure of a contender, measure and case; NaN in both times where there is none. */
  private static Figure find(List<Figure> figures, String who, String measure, String cell) {
    return figures.stream()
        .filter(figure -> figure.contender().equals(who))
        .filter(figure -> figure.measure().equals(measure) && figure.cell().equals(cell))
        .findFirst()
        .orElse(new Figure(who, measure, cell, 0, -1, Double.NaN, Double.NaN, ""));
  }

  private static void sparse(List<Figure> figures, List<Target> targets) {
    Figure ours = find(figures, "Quiver engine", "search", "top 10");
    Figure theirs = find(figures, "Lucene FeatureField", "search", "top 10");
    targets.add(
        Target.atLeast(
            "sparse top 10, queries/s against Lucene postings",
            "Quiver engine",
            2,
            ours.value() / theirs.value(),
            ours.cpu() / theirs.cpu()));
  }

  private static void maxsim(List<Figure> figures, List<Target> targets) {
    String cell = "100 candidates";
    Figure ours = find(figures, "Quiver engine", "maxsim", cell);
    for (String peer : List.of("per-pair dots", "Lucene late interaction")) {
      Figure theirs = find(figures, peer, "maxsim", cell);
      targets.add(
          Target.atLeast(
              "MaxSim over 100 candidates, speed against " + peer,
              "Quiver engine",
              4,
              theirs.value() / ours.value(),
              theirs.cpu() / ours.cpu()));
    }
  }

  private static void mixed(List<Figure> figures, List<Target> targets) {
    Figure churned = find(figures, "Quiver engine", "churn", "after 30 % deletes and 30 % updates");
    Figure fresh = find(figures, "Quiver engine", "churn", "fresh build of the same rows");
    targets.add(
        Target.atMost(
            "recall@10 lost by 30 % deletes and 30 % updates",
            "Quiver engine", 0.005, fresh.value() - churned.value(), Double.NaN));
    Figure alone = find(figures, "Quiver engine", "p99", "no writer");
    Figure beside = find(figures, "Quiver engine", "p99", "a writer of 1,000 rows/s");
    targets.add(
        Target.atMost(
            "p99 beside a writer of 1,000 rows/s, times that without",
            "Quiver engine",
            3,
            beside.value() / alone.value(),
            Double.NaN));
    targets.add(
        Target.atMost(
            "the same by the searcher's own processor time, which leaves out waiting for one",
            "Quiver engine",
            3,
            Double.NaN,
            beside.cpu() / alone.cpu()));
    Figure heap = find(figures, "Quiver engine", "heap grown", "a writer of 1,000 rows/s");
    targets.add(
        Target.atMost(
            "MB the heap grew beside the writer", "Quiver engine", 20, heap.value(), Double.NaN));
  }

  private static void memory(List<Figure> figures, List<Target> targets) {
    double index =
        figures.stream()
            .filter(figure -> figure.measure().equals("files"))
            .filter(figure -> figure.cell().contains("index"))
            .mapToDouble(Figure::value)
            .sum();
    targets.add(
        Target.atMost(
            "bytes a vector of index files: walk codes and links",
            "Quiver engine",
            600,
            index == 0 ? Double.NaN : index,
            Double.NaN));
  }

  private static void sql(List<Figure> figures, List<Target> targets) {
    for (Figure engine : figures) {
      if (engine.contender().equals("engine")) {
        Figure prepared = find(figures, "prepared", "sql", engine.cell());
        Figure fresh = find(figures, "fresh statement", "sql", engine.cell());
        targets.add(
            above(engine.cell(), "prepared", Math.max(15, 0.2 * engine.cpu()), prepared, engine));
        targets.add(above(engine.cell(), "fresh statement", 60, fresh, engine));
      }
      if (engine.contender().equals("H2") && !engine.cell().equals("row by key")) {
        Figure quiver = find(figures, "Quiver JDBC", "sql", engine.cell());
        double wanted = engine.cell().endsWith("one language") ? 3 : 1;
        targets.add(
            Target.atLeast(
                engine.cell() + ": speed against H2",
                "Quiver JDBC",
                wanted,
                engine.value() / quiver.value(),
                engine.cpu() / quiver.cpu()));
      }
    }
    Figure canned = find(figures, "canned row", "sql", "row by key");
    Figure key = find(figures, "Quiver JDBC", "sql", "row by key");
    targets.add(above("row by key, us above a canned row", "Quiver JDBC", 5, key, canned));
  }

  private static void wire(List<Figure> figures, List<Target> targets) {
    String cell = "prepared search of 10 rows";
    Figure wire = find(figures, "wire", "wire", cell);
    Figure echo = find(figures, "echo", "wire", cell);
    Figure local = find(figures, "embedded", "wire", cell);
    targets.add(
        Target.atMost(
            cell + ": time above the engine, against an echo",
            "wire",
            2,
            (wire.value() - local.value()) / echo.value(),
            (wire.cpu() - local.cpu()) / echo.cpu()));
    Figure server = find(figures, "wire", "server cpu", cell);
    Figure engine = find(figures, "embedded", "client cpu", cell);
    Figure helpers = find(figures, "embedded", "server cpu", cell);
    targets.add(
        Target.atMost(
            cell + ": us of the server's processor above the engine",
            "wire",
            120,
            server.value() - engine.value() - helpers.value(),
            Double.NaN));
    targets.add(
        Target.atLeast(
            "rows inserted in batches of 500, against embedded",
            "wire",
            0.7,
            rate(figures, "wire") / rate(figures, "embedded"),
            Double.NaN));
    Figure ours = find(figures, "wire", "queries/s", "8 clients");
    Figure theirs = find(figures, "pgvector", "queries/s", "8 clients");
    targets.add(
        Target.atLeast(
            "8 clients, queries/s against pgvector",
            "wire",
            5,
            ours.value() / theirs.value(),
            Double.NaN));
  }

  /** The median of several rounds. */
  private static double rate(List<Figure> figures, String who) {
    double[] rates =
        figures.stream()
            .filter(figure -> figure.contender().equals(who) && figure.measure().equals("insert"))
            .mapToDouble(Figure::value)
            .sorted()
            .toArray();
    return rates.length == 0 ? Double.NaN : rates[rates.length / 2];
  }

  private static Target above(String what, String who, double wanted, Figure figure, Figure floor) {
    return Target.atMost(
        what + (what.contains("us above") ? "" : ": us above the engine"),
        who,
        wanted,
        figure.value() - floor.value(),
        figure.cpu() - floor.cpu());
  }

  @Override
  public String tables(SuiteResult result) {
    return PlainReport.table(result.figures());
  }
}
