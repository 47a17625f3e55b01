package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.Echo;
import io.quiver.benchmarks.contender.PgVector;
import io.quiver.benchmarks.contender.QuiverJdbc;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.benchmarks.measure.Rounds;
import io.quiver.benchmarks.measure.ThreadGroups;
import io.quiver.benchmarks.measure.Timing;
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
  private static final int WARM_UP = 4_000;
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
        DenseSearch remote =
            new DenseSearch(wire, EFFORT, wire.searcher(EFFORT, null), set.queries());
        DenseSearch local =
            new DenseSearch(embedded, EFFORT, embedded.searcher(EFFORT, null), set.queries())) {
      Map<String, Rounds.Repeatable> things = new LinkedHashMap<>();
      things.put("wire", remote);
      things.put("embedded", local);
      things.put("echo", echo);
      Map<String, Timing> times = settings.scale().rounds().time(things);
      times.forEach(
          (name, time) ->
              findings.add(
                  new Figure(
                      name, "wire", SEARCH, 0, -1, time.wall() / 1e3, time.cpu() / 1e3, "us")));
      // As often as it takes the compiler to be done with them.
      for (int i = 0; i < WARM_UP / set.queries().length; i++) {
        remote.run();
        local.run();
        echo.run();
      }
      apart("wire", remote, findings);
      apart("embedded", local, findings);
      apart("echo", echo, findings);
    }
  }

  /** Processor time of the thread that asks, and of all that answer. */
  private static void apart(String name, Rounds.Repeatable thing, Findings findings)
      throws Exception {
    long calls = 0;
    long asking = ThreadGroups.current();
    long answering = ThreadGroups.server();
    long end = System.nanoTime() + 3_000_000_000L;
    while (System.nanoTime() < end) {
      calls += thing.run();
    }
    double client = (ThreadGroups.current() - asking) / 1e3 / calls;
    double server = (ThreadGroups.server() - answering) / 1e3 / calls;
    findings.add(Figure.of(name, "client cpu", SEARCH, client, "us"));
    findings.add(Figure.of(name, "server cpu", SEARCH, server, "us"));
  }

  private static void clients(
      Settings settings,
      VectorSet set,
      io.quiver.benchmarks.contender.DenseContender contender,
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
                    contender, EFFORT, contender.searcher(EFFORT, null), set.queries())) {
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

  private static void insert(VectorSet all, String remote, Path directory, Findings findings)
      throws Exception {
    int count = Math.min(10_000, all.rows().count());
    VectorSet set = new VectorSet(all.name(), all.rows().first(count), all.queries());
    String cell = count + " rows in batches of 500";
    for (int round = 0; round < 4; round++) {
      for (String way : new String[] {"embedded", "wire"}) {
        String table = way + round;
        try (QuiverJdbc quiver =
            way.equals("wire")
                ? QuiverJdbc.over(remote, table, set.dimension())
                : QuiverJdbc.in(directory, table, set.dimension())) {
          long begin = System.nanoTime();
          quiver.insert(set, new int[0][]);
          double seconds = (System.nanoTime() - begin) / 1e9;
          if (round > 0) {
            findings.add(
                Figure.of(way, "insert", cell + ", round " + round, count / seconds, "rows/s"));
          }
        }
      }
    }
  }
}
