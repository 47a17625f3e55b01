package io.quiver.planner;

import io.quiver.planner.monitor.LastQuery;
import io.quiver.planner.monitor.QueryWork;
import io.quiver.planner.monitor.StatementCounts;
import io.quiver.planner.monitor.WorkTotals;
import org.jspecify.annotations.Nullable;

/** A result whose rows and time are counted for {@code quiver.statements} when it is closed. */
final class CountedCursor implements RowCursor {
  private final RowCursor rows;
  private final String sql;
  private final Session session;
  private final StatementCounts counts;
  private final QueryWork work;
  private final WorkTotals totals;
  private final long start;
  private long given;
  private boolean failed;
  private boolean closed;

  CountedCursor(
      RowCursor rows,
      String sql,
      Session session,
      StatementCounts counts,
      QueryWork work,
      WorkTotals totals,
      long start) {
    this.rows = rows;
    this.sql = sql;
    this.session = session;
    this.counts = counts;
    this.work = work;
    this.totals = totals;
    this.start = start;
  }

  @Override
  public boolean next() {
    failed = true;
    boolean more = rows.next();
    failed = false;
    if (more) {
      given++;
    }
    return more;
  }

  @Override
  public @Nullable Object[] row() {
    return rows.row();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      rows.close();
    } finally {
      long took = System.nanoTime() - start;
      if (failed) {
        counts.failed(took);
      } else {
        counts.ran(took, given);
      }
      if (work.readsTables()) {
        totals.add(work);
        session.ended(new LastQuery(sql, given, took, work));
      }
    }
  }
}
