package io.quiver.planner.monitor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts by statement, as pg_stat_statements keeps them. Bounded: where there are more statements
 * than fit, those not run for the longest time are forgotten. Safe for use by many threads.
 */
public final class StatementLog {
  private static final int MOST_STATEMENTS = 2_000;

  /** Longer texts are counted under their beginning. */
  private static final int LONGEST_TEXT = 4_000;

  private final Map<String, StatementCounts> counts = new LinkedHashMap<>(64, 0.75f, true);

  private final WorkTotals totals = new WorkTotals();

  /** What all searches did. */
  public WorkTotals totals() {
    return totals;
  }

  /** Where runs of a statement are counted. Ask once a plan rather than once a run. */
  public synchronized StatementCounts of(String sql) {
    String key = sql.length() <= LONGEST_TEXT ? sql : sql.substring(0, LONGEST_TEXT) + "…";
    StatementCounts known = counts.get(key);
    if (known == null) {
      known = new StatementCounts(key);
      counts.put(key, known);
      if (counts.size() > MOST_STATEMENTS) {
        var eldest = counts.entrySet().iterator();
        eldest.next();
        eldest.remove();
      }
    }
    return known;
  }

  /** Forgets everything counted so far. */
  public synchronized void clear() {
    counts.clear();
  }

  /** All that ran, those that took the most time first. */
  synchronized List<StatementCounts.Totals> top() {
    List<StatementCounts.Totals> all = new ArrayList<>(counts.size());
    for (StatementCounts each : counts.values()) {
      StatementCounts.Totals totals = each.totals();
      if (totals.calls() > 0) {
        all.add(totals);
      }
    }
    all.sort(Comparator.comparingLong(StatementCounts.Totals::nanos).reversed());
    return all;
  }
}
