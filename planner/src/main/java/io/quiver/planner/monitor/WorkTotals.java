package io.quiver.planner.monitor;

import io.quiver.engine.VectorEngine;
import io.quiver.engine.io.HugePages;
import io.quiver.sql.catalog.SystemTable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What all searches did since the database was opened. Safe for use by many threads. */
public final class WorkTotals {
  private final LongAdder searches = new LongAdder();
  private final LongAdder visited = new LongAdder();
  private final LongAdder distances = new LongAdder();
  private final LongAdder checks = new LongAdder();

  /** A query is over. */
  public void add(QueryWork work) {
    for (SearchWork search : work.searches()) {
      searches.add(search.runs());
      visited.add(search.visited());
      distances.add(search.distanceEvaluations());
      checks.add(search.filterChecks());
    }
  }

  /** These numbers and those of the engine, for whoever keeps watch. */
  static SystemTable counters(WorkTotals totals, VectorEngine engine) {
    return new TableOf("counters")
        .text("name")
        .whole("counted")
        .rows(
            viewer -> {
              List<@Nullable Object[]> rows = new ArrayList<>();
              rows.add(new Object[] {"searches", totals.searches.sum()});
              rows.add(new Object[] {"visited_nodes", totals.visited.sum()});
              rows.add(new Object[] {"distance_evaluations", totals.distances.sum()});
              rows.add(new Object[] {"filter_checks", totals.checks.sum()});
              rows.add(new Object[] {"log_position", engine.position()});
              rows.add(new Object[] {"log_bytes", engine.logBytes()});
              rows.add(new Object[] {"huge_page_bytes", HugePages.shared().held()});
              rows.add(new Object[] {"background_failures", (long) engine.failures().size()});
              return rows;
            });
  }
}
