/**
 * How conditions and values of columns look from both sides: a value as the engine keeps it and as
 * a plan's rows hold it, a condition as people read it.
 *
 * <p>Conditions become filters of the engine in {@code io.quiver.planner.physical}.
 */
@NullMarked
package io.quiver.planner.filter;

import org.jspecify.annotations.NullMarked;
