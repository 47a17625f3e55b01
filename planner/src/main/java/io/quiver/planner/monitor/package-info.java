/**
 * What the running database tells of itself in SQL: the tables of schema {@code quiver}.
 *
 * <p>Start reading at {@link io.quiver.planner.monitor.MonitorTables}.
 */
@NullMarked
package io.quiver.planner.monitor;

import org.jspecify.annotations.NullMarked;
