package io.quiver.planner.monitor;

/** How often a statement ran and what it cost. Safe for use by many threads. */
public final class StatementCounts {
  private final String sql;
  private long calls;
  private long errors;
  private long rows;
  private long nanos;
  private long longest;

  StatementCounts(String sql) {
    this.sql = sql;
  }

  /** A run ended; {@code rows} it gave or changed. */
  public synchronized void ran(long took, long givenRows) {
    calls++;
    rows += givenRows;
    nanos += took;
    longest = Math.max(longest, took);
  }

  /** A run ended with an error. */
  public synchronized void failed(long took) {
    errors++;
    ran(took, 0);
  }

  /**
   * The numbers at one moment.
   *
   * @param calls runs, those that failed among them
   */
  record Totals(String sql, long calls, long errors, long rows, long nanos, long longest) {}

  synchronized Totals totals() {
    return new Totals(sql, calls, errors, rows, nanos, longest);
  }

  String sql() {
    return sql;
  }
}
