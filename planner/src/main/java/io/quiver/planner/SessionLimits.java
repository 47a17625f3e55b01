package io.quiver.planner;

/**
 * How much one statement of a session may take.
 *
 * @param queryMemoryBytes that its sorts, groups, joins, windows, set operations and sub-queries
 *     may keep
 * @param resultBytes that a client may be sent of one result
 * @param vectorDimensions of a column that is defined
 * @param batchRows of one batch
 * @param statementMillis that it may run
 */
public record SessionLimits(
    long queryMemoryBytes,
    long resultBytes,
    int vectorDimensions,
    int batchRows,
    int statementMillis) {
  /** Whatever the machine has. */
  public static final SessionLimits NONE =
      new SessionLimits(
          Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
}
