package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Scale;
import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.DenseContender;
import io.quiver.benchmarks.data.Truth;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.benchmarks.measure.Rounds;
import io.quiver.benchmarks.measure.Timing;
import io.quiver.benchmarks.report.Figure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ten nearest among the rows a filter admits, over the grid of {@link FilterCells}. Quiver
 * evaluates the condition from its own index; peers get a bitset made beforehand.
 */
final class FilteredSuite {
  private static final int[] EFFORTS = {10, 40, 100, 250, 600};

  private FilteredSuite() {}

  static void run(Settings settings, Findings findings) throws Exception {
    VectorSet set = settings.vectors();
    FilterCells grid = grid(settings, set);
    try (Contenders contenders = Contenders.fill(settings, set, grid.ranks(), findings)) {
      measure(settings, grid, contenders, findings);
    }
    if (settings.wants("Quiver engine")) {
      PlanChoice choice = new PlanChoice(set, settings.threads());
      choice.measure(grid.cells().getFirst(), grid.ranks(), new Findings());
      for (FilterCells.Cell cell : grid.cells()) {
        choice.measure(cell, grid.ranks(), findings);
      }
    }
  }

  /** The cells of a set, and the columns that contenders must be filled with for them. */
  static FilterCells grid(Settings settings, VectorSet set) {
    return FilterCells.of(set, settings.scale() == Scale.QUICK ? 40 : 100, settings.seed());
  }

  /** Of contenders that are filled with the set and the columns of the grid. */
  static void measure(Settings settings, FilterCells grid, Contenders contenders, Findings findings)
      throws Exception {
    Rounds given = settings.scale().rounds();
    // A cell warms up what the next one uses as well.
    Rounds rounds = new Rounds(given.count(), given.warmUpMillis() / 10, given.millis() / 3);
    FilterCells.Cell first = grid.cells().getFirst();
    Truth known = Truth.of(first.asked(), DenseSearch.K, first.filter().rows(grid.ranks()));
    cell(given, first, known, contenders, new Findings());
    for (FilterCells.Cell cell : grid.cells()) {
      Truth truth = Truth.of(cell.asked(), DenseSearch.K, cell.filter().rows(grid.ranks()));
      cell(rounds, cell, truth, contenders, findings);
    }
  }

  private static void cell(
      Rounds rounds, FilterCells.Cell cell, Truth truth, Contenders contenders, Findings findings)
      throws Exception {
    Map<DenseSearch, DenseSearch> searches = new LinkedHashMap<>();
    try {
      for (DenseContender contender : contenders.filtering()) {
        for (int effort : EFFORTS) {
          DenseSearch search =
              new DenseSearch(
                  contender,
                  cell.name(),
                  effort,
                  contender.searcher(effort, cell.filter()),
                  cell.asked().queries());
          searches.put(search, search);
        }
      }
      Map<DenseSearch, Double> recalls = recalls(searches, truth, 100L * rounds.millis());
      Map<DenseSearch, Timing> times = rounds.time(searches);
      times.forEach(
          (search, time) ->
              findings.add(
                  new Figure(
                      search.contender().name(),
                      "search",
                      cell.name(),
                      search.effort(),
                      recalls.getOrDefault(search, 0d),
                      1e9 / time.wall(),
                      1e9 / time.cpu(),
                      "queries/s")));
    } finally {
      for (DenseSearch search : new ArrayList<>(searches.keySet())) {
        search.close();
      }
    }
  }

  /**
   * The recall of each search. Those that tell nothing are closed and taken away: more effort than
   * the first that finds everything, and more than one that took too long already.
   */
  private static Map<DenseSearch, Double> recalls(
      Map<DenseSearch, DenseSearch> searches, Truth truth, long patienceMillis) throws Exception {
    Map<DenseSearch, Double> recalls = new LinkedHashMap<>();
    Set<String> done = new HashSet<>();
    for (DenseSearch search : List.copyOf(searches.keySet())) {
      String name = search.contender().name();
      if (done.contains(name)) {
        searches.remove(search);
        search.close();
      } else {
        long start = System.nanoTime();
        double recall = search.recall(truth);
        recalls.put(search, recall);
        if (recall >= 0.9999 || System.nanoTime() - start > patienceMillis * 1_000_000L) {
          done.add(name);
        }
      }
    }
    return recalls;
  }
}
