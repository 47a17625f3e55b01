package io.quiver.server.operate;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quiver.engine.search.StopSignal;
import io.quiver.planner.RowCursor;
import io.quiver.planner.Session;
import io.quiver.planner.StatementResult;
import io.quiver.planner.StatementRunner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the database says of itself in schema {@code quiver}, as metrics: read when somebody asks.
 */
final class StoreMetrics {
  private static final List<String> SEARCH_COUNTERS =
      List.of("searches", "visited_nodes", "distance_evaluations", "filter_checks");
  private static final List<String> LOG_GAUGES =
      List.of("log_position", "log_bytes", "huge_page_bytes", "background_failures");

  private final StatementRunner runner;
  private volatile Map<String, Long> counters = Map.of();
  private final List<Listed> lists = new ArrayList<>();

  /**
   * Gauges that a query gives: the columns before the last are tags.
   *
   * @param tags their names
   */
  private record Listed(MultiGauge gauge, String sql, List<String> tags) {}

  StoreMetrics(StatementRunner runner) {
    this.runner = runner;
  }

  void bindTo(MeterRegistry registry) {
    for (String name : SEARCH_COUNTERS) {
      FunctionCounter.builder("quiver." + name, this, each -> each.counter(name))
          .register(registry);
    }
    for (String name : LOG_GAUGES) {
      Gauge.builder("quiver." + name, this, each -> each.counter(name)).register(registry);
    }
    for (String figure : List.of("plans", "hits", "misses", "evictions")) {
      list(
          registry,
          "quiver.plan_cache." + figure,
          "SELECT cache, " + figure + " FROM quiver.plan_cache",
          "cache");
    }
    String perTable = " FROM quiver.segments GROUP BY table_schema, table_name";
    list(
        registry,
        "quiver.segments",
        "SELECT table_schema, table_name, state, COUNT(*)" + perTable + ", state",
        "schema",
        "table",
        "state");
    for (String figure : List.of("live_rows", "deleted_rows", "rows_indexed", "bytes_on_disk")) {
      list(
          registry,
          "quiver.table." + figure,
          "SELECT table_schema, table_name, SUM(" + figure + ")" + perTable,
          "schema",
          "table");
    }
    list(
        registry,
        "quiver.index_builds",
        "SELECT state, COUNT(*) FROM quiver.index_builds GROUP BY state",
        "state");
  }

  private void list(MeterRegistry registry, String name, String sql, String... tags) {
    lists.add(new Listed(MultiGauge.builder(name).register(registry), sql, List.of(tags)));
  }

  private double counter(String name) {
    return counters.getOrDefault(name, 0L);
  }

  /** Takes the numbers as they are now. */
  synchronized void read() {
    Map<String, Long> now = new HashMap<>();
    for (@Nullable Object[] row : rows("SELECT name, counted FROM quiver.counters")) {
      now.put(String.valueOf(row[0]), number(row[1]));
    }
    counters = Map.copyOf(now);
    for (Listed listed : lists) {
      List<MultiGauge.Row<?>> gauges = new ArrayList<>();
      for (@Nullable Object[] row : rows(listed.sql)) {
        Tags tags = Tags.empty();
        for (int i = 0; i < listed.tags.size(); i++) {
          tags = tags.and(listed.tags.get(i), String.valueOf(row[i]));
        }
        gauges.add(MultiGauge.Row.of(tags, number(row[listed.tags.size()])));
      }
      listed.gauge.register(gauges, true);
    }
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private List<@Nullable Object[]> rows(String sql) {
    Session session = new Session("admin");
    StatementResult result =
        runner.execute(session, runner.prepare(session, sql), new Object[0], StopSignal.NEVER);
    List<@Nullable Object[]> rows = new ArrayList<>();
    if (result instanceof StatementResult.Rows given) {
      try (RowCursor cursor = given.cursor()) {
        while (cursor.next()) {
          rows.add(cursor.row().clone());
        }
      }
    }
    return rows;
  }
}
