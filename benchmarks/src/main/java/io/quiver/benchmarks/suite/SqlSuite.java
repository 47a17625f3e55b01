package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.contender.DenseContender;
import io.quiver.benchmarks.contender.QuiverEngine;
import io.quiver.benchmarks.contender.QuiverJdbc;
import io.quiver.benchmarks.contender.SqlContender;
import io.quiver.benchmarks.data.Payload;
import io.quiver.benchmarks.data.RankFilter;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.benchmarks.measure.PairedCalls;
import io.quiver.benchmarks.measure.Rounds;
import io.quiver.benchmarks.measure.Timing;
import io.quiver.benchmarks.report.Figure;
import io.quiver.jdbc.embedded.QuiverDatabase;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What SQL costs: a filtered search by prepared statement and by a fresh statement with a literal
 * vector, above the engine; a row by its key, above a canned row; aggregates beside H2 and DuckDB.
 */
final class SqlSuite {
  private static final int EFFORT = 64;

  /** By name; the ones that a filter answers from an index end in "one language". */
  private static final Map<String, String> AGGREGATES = aggregates();

  private SqlSuite() {}

  private static Map<String, String> aggregates() {
    Map<String, String> sql = new LinkedHashMap<>();
    sql.put(
        "group by repo, year",
        "SELECT repo, released, COUNT(*), AVG(length), COUNT(DISTINCT lang) FROM facts"
            + " GROUP BY repo, released");
    sql.put("count distinct", "SELECT COUNT(DISTINCT repo), COUNT(DISTINCT lang) FROM facts");
    sql.put("top 10", "SELECT id, length FROM facts ORDER BY length DESC, id LIMIT 10");
    sql.put(
        "join with 1,000 rows",
        "SELECT p.region, COUNT(*), SUM(f.length) FROM facts f JOIN places p"
            + " ON p.place = f.place GROUP BY p.region");
    sql.put(
        "group, one language",
        "SELECT repo, COUNT(*), AVG(length) FROM facts WHERE lang = 'es' GROUP BY repo");
    return sql;
  }

  static void run(Settings settings, Findings findings) throws Exception {
    search(settings, findings);
    relational(settings, findings);
  }

  private static void search(Settings settings, Findings findings) throws Exception {
    VectorSet set = settings.vectors();
    int rows = set.rows().count();
    int[][] ranks = FilterCells.of(set, 1, settings.seed()).ranks();
    Path folder = settings.folder("jdbc");
    try (QuiverJdbc filled = new QuiverJdbc(folder, set.dimension(), ranks.length)) {
      filled.fill(set, ranks);
    }
    try (QuiverDatabase database = QuiverDatabase.open(folder);
        QuiverEngine engine = QuiverEngine.inside(database.engine());
        QuiverJdbc jdbc = QuiverJdbc.existing(folder, "docs")) {
      pair(settings, set.queries(), "VECTOR_SEARCH", engine, jdbc, null, findings);
      for (double selectivity : new double[] {.4, .06, .005}) {
        RankFilter filter = new RankFilter(0, 0, (int) (selectivity * rows));
        String cell = "VECTOR_SEARCH, filter of " + 100 * selectivity + " %";
        pair(settings, set.queries(), cell, engine, jdbc, filter, findings);
      }
    }
  }

  /** The same searches of the same open collection, by the engine and through JDBC in turn. */
  private static void pair(
      Settings settings,
      float[][] queries,
      String cell,
      QuiverEngine engine,
      QuiverJdbc jdbc,
      @Nullable RankFilter filter,
      Findings findings)
      throws Exception {
    long[] found = new long[DenseSearch.K];
    try (DenseContender.Searcher direct = engine.searcher(EFFORT, filter);
        DenseContender.Searcher prepared = jdbc.searcher(EFFORT, filter);
        DenseContender.Searcher fresh = jdbc.freshStatements(EFFORT, filter, queries)) {
      Map<String, PairedCalls.Way> ways = new LinkedHashMap<>();
      ways.put("engine", query -> direct.search(queries[query], found));
      ways.put("prepared", query -> prepared.search(queries[query], found));
      ways.put("fresh statement", query -> fresh.search(queries[query], found));
      Rounds rounds = settings.scale().rounds();
      new PairedCalls(queries.length, ways.size() * rounds.warmUpMillis(), 5 * rounds.count())
          .time(ways)
          .forEach((name, time) -> add(name, cell, time, findings));
    }
  }

  private static void relational(Settings settings, Findings findings) throws Exception {
    List<Payload> payloads =
        settings.generated()
            ? Payload.generate(settings.rows(), settings.seed())
            : Payload.read(Path.of(settings.data()), settings.rows());
    List<SqlContender> databases = SqlContender.open(settings.folder("facts"));
    List<PreparedStatement> open = new ArrayList<>();
    try {
      for (SqlContender database : databases) {
        database.fill(payloads);
        findings.configuration(
            database.name(), database.connection().getMetaData().getDatabaseProductVersion());
      }
      Map<String, Rounds.Repeatable> keys = new LinkedHashMap<>();
      for (SqlContender database : databases) {
        keys.put(database.name(), byKey(database, payloads.size(), open));
      }
      keys.put("canned row", canned(databases.getFirst(), open));
      add(settings, "row by key", keys, findings);
      for (Map.Entry<String, String> aggregate : AGGREGATES.entrySet()) {
        Map<String, Rounds.Repeatable> things = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (SqlContender database : databases) {
          PreparedStatement statement =
              database.connection().prepareStatement(aggregate.getValue());
          open.add(statement);
          counts.put(database.name(), SqlContender.drain(statement));
          things.put(
              database.name(),
              () -> {
                SqlContender.drain(statement);
                return 1;
              });
        }
        if (counts.values().stream().distinct().count() != 1) {
          throw new IllegalStateException("They differ on " + aggregate + ": " + counts);
        }
        add(settings, aggregate.getKey(), things, findings);
      }
    } finally {
      for (PreparedStatement statement : open) {
        statement.close();
      }
      for (SqlContender database : databases) {
        database.close();
      }
    }
  }

  private static Rounds.Repeatable byKey(
      SqlContender database, int rows, List<PreparedStatement> open) throws Exception {
    PreparedStatement statement =
        database.connection().prepareStatement("SELECT id, repo, length FROM facts WHERE id = ?");
    open.add(statement);
    return () -> {
      for (int i = 0; i < 100; i++) {
        statement.setLong(1, (i * 7919L) % rows);
        if (SqlContender.drain(statement) != 1) {
          throw new IllegalStateException("A row is missing");
        }
      }
      return 100;
    };
  }

  /** A row that needs no table, through the same driver. */
  private static Rounds.Repeatable canned(SqlContender quiver, List<PreparedStatement> open)
      throws Exception {
    PreparedStatement statement =
        quiver
            .connection()
            .prepareStatement("SELECT CAST(? AS BIGINT), CAST('text' AS VARCHAR), 12345");
    open.add(statement);
    return () -> {
      for (int i = 0; i < 100; i++) {
        statement.setLong(1, i);
        SqlContender.drain(statement);
      }
      return 100;
    };
  }

  private static void add(
      Settings settings,
      String cell,
      Map<String, ? extends Rounds.Repeatable> things,
      Findings findings)
      throws Exception {
    Map<String, Timing> times = settings.scale().rounds().time(things);
    times.forEach((name, time) -> add(name, cell, time, findings));
  }

  private static void add(String name, String cell, Timing time, Findings findings) {
    findings.add(new Figure(name, "sql", cell, 0, -1, time.wall() / 1e3, time.cpu() / 1e3, "us"));
  }
}
