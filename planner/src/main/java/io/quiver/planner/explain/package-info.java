/**
 * EXPLAIN and EXPLAIN ANALYZE: how a statement would run, and how it ran.
 *
 * <p>Start reading at {@link io.quiver.planner.explain.ExplainStatement}.
 */
@NullMarked
package io.quiver.planner.explain;

import org.jspecify.annotations.NullMarked;
