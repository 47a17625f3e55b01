package io.quiver.planner.monitor;

import io.quiver.planner.PlanCache;
import io.quiver.sql.catalog.SystemTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements that ran, and the plans that are kept for the next time. */
final class StatementTables {
  private StatementTables() {}

  static SystemTable statements(StatementLog log) {
    return new TableOf("statements")
        .text("statement")
        .whole("calls", "errors", "result_rows")
        .number("total_ms", "mean_ms", "max_ms")
        .rows(
            viewer -> {
              List<@Nullable Object[]> rows = new ArrayList<>();
              for (StatementCounts.Totals each : log.top()) {
                rows.add(
                    new Object[] {
                      each.sql(),
                      each.calls(),
                      each.errors(),
                      each.rows(),
                      each.nanos() / 1e6,
                      each.nanos() / 1e6 / each.calls(),
                      each.longest() / 1e6
                    });
              }
              return rows;
            });
  }

  static SystemTable planCache(List<PlanCache> caches) {
    return new TableOf("plan_cache")
        .text("cache")
        .whole("plans", "max_plans", "characters", "max_characters", "hits", "misses", "evictions")
        .rows(
            viewer -> {
              List<@Nullable Object[]> rows = new ArrayList<>();
              for (PlanCache cache : caches) {
                PlanCache.Figures now = cache.figures();
                rows.add(
                    new Object[] {
                      cache.name(),
                      (long) now.plans(),
                      (long) now.maxPlans(),
                      now.characters(),
                      now.maxCharacters(),
                      now.hits(),
                      now.misses(),
                      now.evictions()
                    });
              }
              return rows;
            });
  }
}
