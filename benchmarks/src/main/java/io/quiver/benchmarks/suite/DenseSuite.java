package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.DenseContender;
import io.quiver.benchmarks.data.Truth;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.benchmarks.measure.CpuClock;
import io.quiver.benchmarks.measure.Rounds;
import io.quiver.benchmarks.measure.Timing;
import io.quiver.benchmarks.measure.TwoThreads;
import io.quiver.benchmarks.report.Figure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The ten nearest by one dense vector: recall against queries a second for each effort, two threads
 * against one, and what a query allocates.
 */
final class DenseSuite {
  private static final int[] EFFORTS = {10, 16, 24, 32, 48, 64, 96, 128, 192, 256, 400};
  private static final int[] FEW_EFFORTS = {10, 20, 40, 80, 160, 320};

  /** Effort at which threads and allocation are looked at. */
  private static final int TYPICAL = 64;

  /** Slices of one thread and of two, alternating; the first ones are not counted. */
  private static final int WARM_UP_PAIRS = 10;

  private static final int PAIRS_PER_ROUND = 15;

  private DenseSuite() {}

  static void run(Settings settings, Findings findings) throws Exception {
    VectorSet set = settings.vectors();
    try (Contenders contenders = Contenders.fill(settings, set, new int[0][], findings)) {
      measure(settings, set, contenders, findings);
    }
  }

  /** Of contenders that are filled with the set. */
  static void measure(Settings settings, VectorSet set, Contenders contenders, Findings findings)
      throws Exception {
    Truth truth = Truth.of(set, DenseSearch.K, null);
    int[] efforts = set.rows().count() <= 20_000 ? FEW_EFFORTS : EFFORTS;
    curves(settings, set, truth, efforts, contenders, findings);
    for (DenseContender contender : contenders.all()) {
      allocation(contender, set, findings);
    }
    scaling(settings.scale().rounds(), set, contenders, findings);
  }

  private static void curves(
      Settings settings,
      VectorSet set,
      Truth truth,
      int[] efforts,
      Contenders contenders,
      Findings findings)
      throws Exception {
    List<DenseSearch> searches = new ArrayList<>();
    try {
      for (int effort : efforts) {
        for (DenseContender contender : contenders.all()) {
          searches.add(
              new DenseSearch(
                  contender, "1 thread", effort, contender.searcher(effort, null), set.queries()));
        }
      }
      Map<DenseSearch, DenseSearch> repeatable = new LinkedHashMap<>();
      searches.forEach(search -> repeatable.put(search, search));
      Map<DenseSearch, Timing> times = settings.scale().rounds().time(repeatable);
      for (Map.Entry<DenseSearch, Timing> entry : times.entrySet()) {
        DenseSearch search = entry.getKey();
        Timing time = entry.getValue();
        findings.add(
            new Figure(
                search.contender().name(),
                "search",
                "1 thread",
                search.effort(),
                search.recall(truth),
                1e9 / time.wall(),
                1e9 / time.cpu(),
                "queries/s"));
      }
    } finally {
      for (DenseSearch search : searches) {
        search.close();
      }
    }
  }

  /** Bytes a query allocates on the calling thread, at a usual effort and at a large one. */
  private static void allocation(DenseContender contender, VectorSet set, Findings findings)
      throws Exception {
    for (int effort : new int[] {TYPICAL, 400}) {
      try (DenseSearch search =
          new DenseSearch(
              contender, "allocation", effort, contender.searcher(effort, null), set.queries())) {
        search.run();
        long before = CpuClock.allocated();
        int calls = search.run();
        findings.add(
            new Figure(
                contender.name(),
                "allocation",
                "a query",
                effort,
                -1,
                (double) (CpuClock.allocated() - before) / calls,
                -1,
                "bytes"));
      }
    }
  }

  /**
   * Queries a second of two threads against one. The second thread asks from the middle of the
   * queries on: in step, each would find in the cache that both share what the other just read.
   */
  private static void scaling(
      Rounds rounds, VectorSet set, Contenders contenders, Findings findings) throws Exception {
    List<float[]> turned = new ArrayList<>(List.of(set.queries()));
    Collections.rotate(turned, turned.size() / 2);
    List<float[][]> orders = List.of(set.queries(), turned.toArray(float[][]::new));
    for (DenseContender contender : contenders.all()) {
      List<DenseSearch> searches = new ArrayList<>();
      try {
        for (float[][] queries : orders) {
          searches.add(
              new DenseSearch(
                  contender, "threads", TYPICAL, contender.searcher(TYPICAL, null), queries));
        }
        var _ = TwoThreads.time(searches, WARM_UP_PAIRS);
        TwoThreads time = TwoThreads.time(searches, PAIRS_PER_ROUND * rounds.count());
        findings.add(threads(contender, "1 thread", time.one(), time.oneOwn()));
        findings.add(
            threads(contender, "2 threads", time.one() * time.wall(), time.oneOwn() * time.own()));
      } finally {
        for (DenseSearch search : searches) {
          search.close();
        }
      }
    }
  }

  private static Figure threads(DenseContender contender, String cell, double wall, double own) {
    return new Figure(contender.name(), "threads", cell, TYPICAL, -1, wall, own, "queries/s");
  }
}
