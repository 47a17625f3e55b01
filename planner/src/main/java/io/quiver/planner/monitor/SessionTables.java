package io.quiver.planner.monitor;

import io.quiver.planner.Session;
import io.quiver.planner.setting.Setting;
import io.quiver.sql.catalog.SystemTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the asking session has set and last done. */
final class SessionTables {
  private SessionTables() {}

  static SystemTable settings() {
    return new TableOf("settings")
        .text("name", "setting_value", "default_value", "source", "allowed", "description")
        .rows(
            viewer -> {
              List<@Nullable Object[]> rows = new ArrayList<>();
              for (Setting setting : Setting.values()) {
                Optional<String> own =
                    viewer instanceof Session session
                        ? session.setting(setting.plainName())
                        : Optional.empty();
                rows.add(
                    new Object[] {
                      setting.plainName(),
                      own.orElse(setting.defaultValue()),
                      setting.defaultValue(),
                      own.isPresent() ? "session" : "default",
                      setting.range().description(),
                      setting.sentence()
                    });
              }
              return rows;
            });
  }

  /** One row a search of the session's last query; one row without a search where it had none. */
  static SystemTable lastQueryStatistics() {
    return new TableOf("last_query_stats")
        .text("statement")
        .number("total_ms")
        .whole("result_rows")
        .text("search", "modes")
        .whole("runs", "found")
        .number("search_ms")
        .whole("qualifying", "visited", "distance_evaluations", "filter_checks", "shards")
        .rows(
            viewer ->
                viewer instanceof Session session
                    ? session.lastQuery().map(SessionTables::rows).orElse(List.of())
                    : List.of());
  }

  private static List<@Nullable Object[]> rows(LastQuery last) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (SearchWork search : last.work().searches()) {
      rows.add(
          new Object[] {
            last.sql(),
            last.nanos() / 1e6,
            last.rows(),
            search.search(),
            String.join(", ", search.modes()),
            search.runs(),
            search.rows(),
            search.nanos() / 1e6,
            search.qualifying() < 0 ? null : search.qualifying(),
            search.visited(),
            search.distanceEvaluations(),
            search.filterChecks(),
            (long) search.shards()
          });
    }
    if (rows.isEmpty()) {
      @Nullable Object[] row = new Object[13];
      row[0] = last.sql();
      row[1] = last.nanos() / 1e6;
      row[2] = last.rows();
      rows.add(row);
    }
    return rows;
  }
}
