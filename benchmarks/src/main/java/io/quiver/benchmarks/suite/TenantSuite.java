package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.QuiverEngine;
import io.quiver.benchmarks.data.RankFilter;
import io.quiver.benchmarks.data.Truth;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.benchmarks.measure.Timing;
import io.quiver.benchmarks.report.Figure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The ten nearest among the rows of one tenant, by an index that knows of tenants and by one that
 * knows of a condition alone. Rows of all tenants come mixed, as customers write them.
 */
final class TenantSuite {
  private static final int EFFORT = 100;

  /** Shares of all rows that single tenants have; the others have a hundred rows each. */
  private static final List<Double> SHARES = List.of(.5, .1, .05, .02, .005, .001);

  private static final int SMALL = 100;

  private TenantSuite() {}

  static void run(Settings settings, Findings findings) throws Exception {
    VectorSet set = settings.vectors();
    int[] sizes = sizes(set.rows().count());
    int[] tenants = tenants(sizes, set.rows().count(), settings.seed());
    try (QuiverEngine plain =
            new QuiverEngine(settings.folder("plain"), set.dimension(), 1, settings.threads());
        QuiverEngine known =
            QuiverEngine.ofTenants(
                settings.folder("tenants"), set.dimension(), settings.threads())) {
      for (QuiverEngine engine : List.of(plain, known)) {
        Stopwatch watch = new Stopwatch(engine.name(), "fill", set.name());
        engine.fill(set, new int[][] {tenants});
        findings.add(watch.stop());
      }
      for (int tenant = 0; tenant <= sizes.length; tenant++) {
        int size = tenant < sizes.length ? sizes[tenant] : SMALL;
        String cell = String.format(Locale.ROOT, "a tenant of %,d rows", size);
        RankFilter filter = new RankFilter(0, tenant, tenant + 1);
        Truth truth = Truth.of(set, DenseSearch.K, filter.rows(new int[][] {tenants}));
        measure(settings, set, List.of(plain, known), filter, cell, truth, findings);
      }
    }
  }

  private static int[] sizes(int rows) {
    return SHARES.stream().mapToInt(share -> (int) (share * rows)).toArray();
  }

  /** Whose each row is: tenants by falling size, then the small ones. */
  private static int[] tenants(int[] sizes, int rows, long seed) {
    int[] tenants = new int[rows];
    int next = 0;
    for (int tenant = 0; tenant < sizes.length; tenant++) {
      Arrays.fill(tenants, next, next + sizes[tenant], tenant);
      next += sizes[tenant];
    }
    for (int i = 0; next + i < rows; i++) {
      tenants[next + i] = sizes.length + i / SMALL;
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = rows - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = tenants[i];
      tenants[i] = tenants[j];
      tenants[j] = swapped;
    }
    return tenants;
  }

  private static void measure(
      Settings settings,
      VectorSet set,
      List<QuiverEngine> engines,
      RankFilter filter,
      String cell,
      Truth truth,
      Findings findings)
      throws Exception {
    Map<DenseSearch, DenseSearch> searches = new LinkedHashMap<>();
    try {
      for (QuiverEngine engine : engines) {
        DenseSearch search =
            new DenseSearch(engine, cell, EFFORT, engine.searcher(EFFORT, filter), set.queries());
        searches.put(search, search);
      }
      Map<DenseSearch, Timing> times = settings.scale().rounds().time(searches);
      for (Map.Entry<DenseSearch, Timing> each : times.entrySet()) {
        findings.add(
            new Figure(
                each.getKey().contender().name(),
                "search",
                cell,
                EFFORT,
                each.getKey().recall(truth),
                each.getValue().wall() / 1e3,
                each.getValue().cpu() / 1e3,
                "us"));
      }
    } finally {
      for (DenseSearch search : searches.keySet()) {
        search.close();
      }
    }
  }
}
