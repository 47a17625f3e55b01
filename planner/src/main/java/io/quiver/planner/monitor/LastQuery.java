package io.quiver.planner.monitor;

/**
 * The last query of a session that read a stored table and is over.
 *
 * @param rows it gave
 * @param nanos from the moment it began to the moment its cursor was closed
 */
public record LastQuery(String sql, long rows, long nanos, QueryWork work) {}
