package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.DenseContender;
import io.quiver.benchmarks.contender.Echo;
import io.quiver.benchmarks.contender.PgVector;
import io.quiver.benchmarks.contender.QuiverJdbc;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.benchmarks.measure.Turns;
import io.quiver.benchmarks.report.Figure;
import io.quiver.server.operate.EventLog;
import io.quiver.server.operate.QuiverServer;
import io.quiver.server.operate.ServerConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the wire costs: a prepared search of ten rows over loopback, beside the same search in the
 * process and an echo of as many bytes over the same client and server; processor time of both ends
 * apart; several clients at once; rows inserted in batches.
 */
final class WireSuite {
  private static final int EFFORT = 64;
  private static final int WARM_UP = 6_000;
  private static final int CALLS = 10;

  /** For each round of the scale. */
  private static final int SLICES = 100;

  private static final int INSERT_ROUNDS = 5;
  private static final String PASSWORD = "not a secret here";
  private static final String SEARCH = "prepared search of 10 rows";

  private WireSuite() {}

  static void run(Settings settings, Findings findings) throws Exception {
    VectorSet set = settings.vectors();
    Path directory = settings.folder("store");
    try (QuiverServer server = serve(directory)) {
      String remote = server.url() + "?user=admin&password=" + PASSWORD.replace(" ", "%20");
      try (QuiverJdbc wire = QuiverJdbc.over(remote, "docs", set.dimension())) {
        wire.fill(set, new int[0][]);
        // First, for it is also what warms up the rest: a request takes long on a busy machine.
        for (int clients : new int[] {1, 8, 32}) {
          clients(settings, set, wire, "wire", clients, findings);
        }
        search(settings, set, wire, QuiverJdbc.existing(directory, "docs"), findings);
      }
      insert(set, remote, directory, findings);
    }
    Optional<PgVector> peer = PgVector.running(set.dimension());
    if (peer.isPresent()) {
      try (PgVector pg = peer.get()) {
        pg.fill(set);
        findings.configuration(pg.name(), pg.configuration());
        for (int clients : new int[] {1, 8, 32}) {
          clients(settings, set, pg, pg.name(), clients, findings);
        }
      }
    }
  }

  private static QuiverServer serve(Path directory) throws Exception {
    return QuiverServer.start(
        ServerConfig.of(
            Map.of("dir", directory.toString(), "port", "0", "slow_query_millis", "0"),
            Map.of("QUIVER_ADMIN_PASSWORD", PASSWORD),
            Optional.empty()),
        new EventLog(System.err, Clock.systemUTC()));
  }

  private static void search(
      Settings settings, VectorSet set, QuiverJdbc wire, QuiverJdbc embedded, Findings findings)
      throws Exception {
    try (embedded;
        Echo echo = new Echo();
        DenseContender.Searcher remote = wire.searcher(EFFORT, null);
        DenseContender.Searcher local = embedded.searcher(EFFORT, null)) {
      Map<String, Turns.Call> calls = new LinkedHashMap<>();
      calls.put("wire", searching(remote, set));
      calls.put("embedded", searching(local, set));
      calls.put("echo", number -> echo.call());
      // As often as it takes the compiler to be done with them.
      new Turns(WARM_UP / CALLS, CALLS).time(calls);
      new Turns(SLICES * settings.scale().rounds().count(), CALLS)
          .time(calls)
          .forEach((name, cost) -> tell(name, cost, findings));
    }
  }

  private static Turns.Call searching(DenseContender.Searcher searcher, VectorSet set) {
    long[] found = new long[DenseSearch.K];
    return number -> searcher.search(set.queries()[number % set.queries().length], found);
  }

  private static void tell(String name, Turns.Cost cost, Findings findings) {
    double wall = cost.wall() / 1e3;
    double asking = cost.asking() / 1e3;
    double answering = cost.answering() / 1e3;
    findings.add(new Figure(name, "wire", SEARCH, 0, -1, wall, asking + answering, "us"));
    findings.add(Figure.of(name, "client cpu", SEARCH, asking, "us"));
    findings.add(Figure.of(name, "server cpu", SEARCH, answering, "us"));
  }

  private static void clients(
      Settings settings,
      VectorSet set,
      DenseContender contender,
      String name,
      int clients,
      Findings findings)
      throws Exception {
    long nanos = settings.scale().rounds().millis() * 20L * 1_000_000;
    AtomicLong calls = new AtomicLong();
    AtomicLong spent = new AtomicLong();
    try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
      Callable<Void> work =
          () -> {
            try (DenseSearch search =
                new DenseSearch(
                    contender,
                    "clients",
                    EFFORT,
                    contender.searcher(EFFORT, null),
                    set.queries())) {
              search.run();
              long begin = System.nanoTime();
              long done = 0;
              while (System.nanoTime() - begin < nanos) {
                done += search.run();
              }
              calls.addAndGet(done);
              spent.addAndGet(System.nanoTime() - begin);
            }
            return null;
          };
      for (Future<Void> each : threads.invokeAll(java.util.Collections.nCopies(clients, work))) {
        each.get();
      }
    }
    double perSecond = calls.get() / (spent.get() / 1e9 / clients);
    findings.add(Figure.of(name, "queries/s", clients + " clients", perSecond, "1/s"));
  }

  /**
   * All batches here, then all there, in rounds: writers keep pace with the graphs of their rows,
   * so that batches in turn would wait for one another's.
   */
  private static void insert(VectorSet all, String remote, Path directory, Findings findings)
      throws Exception {
    int count = Math.min(10_000, all.rows().count());
    VectorSet set = new VectorSet(all.name(), all.rows().first(count), all.queries());
    String cell = count + " rows in batches of " + QuiverJdbc.BATCH;
    for (int round = 0; round < INSERT_ROUNDS; round++) {
      try (QuiverJdbc local = QuiverJdbc.in(directory, "embedded" + round, set.dimension());
          QuiverJdbc wire = QuiverJdbc.over(remote, "wire" + round, set.dimension());
          QuiverJdbc.Inserting here = local.inserting(set, new int[0][]);
          QuiverJdbc.Inserting there = wire.inserting(set, new int[0][])) {
        Map<String, Turns.Call> calls = new LinkedHashMap<>();
        calls.put("embedded", number -> here.batch());
        calls.put("wire", number -> there.batch());
        var costs = new Turns(1, count / QuiverJdbc.BATCH).time(calls);
        if (round > 0) {
          String of = cell + ", round " + round;
          costs.forEach((way, cost) -> insertion(way, of, cost, findings));
        }
      }
    }
  }

  private static void insertion(String way, String cell, Turns.Cost cost, Findings findings) {
    double second = 1e9 / cost.wall();
    findings.add(Figure.of(way, "insert", cell, QuiverJdbc.BATCH * second, "rows/s"));
    findings.add(Figure.of(way, "client cpu", cell, cost.asking() / 1e3, "us/batch"));
    findings.add(Figure.of(way, "server cpu", cell, cost.answering() / 1e3, "us/batch"));
  }
}
