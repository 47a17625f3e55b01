/**
 * INSERT, UPSERT, UPDATE and DELETE.
 *
 * <p>Each is read off the parsed statement, because Calcite's relational form loses what an upsert
 * is: the rows it writes come from a query of its own, and become one batch and one record of the
 * log. Start reading at {@link io.quiver.planner.write.WritePlanner}.
 */
@NullMarked
package io.quiver.planner.write;

import org.jspecify.annotations.NullMarked;
