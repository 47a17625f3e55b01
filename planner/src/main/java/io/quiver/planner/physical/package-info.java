/**
 * Plans that run: a tree of nodes, each of which opens a source of rows.
 *
 * <p>Nodes hold no state of a run, so one plan serves all threads. {@link
 * io.quiver.planner.physical.PhysicalPlanner} makes them of logical relations; what Calcite runs
 * (aggregates and windows that ours do not know) is compiled once by {@link
 * io.quiver.planner.physical.EnumerableNode} and kept with the plan.
 */
@NullMarked
package io.quiver.planner.physical;

import org.jspecify.annotations.NullMarked;
