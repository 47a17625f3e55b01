/**
 * Grouping and summing of columns as the engine keeps them, without making rows: values become
 * small numbers, and functions are arrays by group. Knows neither plans nor expressions; start at
 * {@link io.quiver.planner.columnar.GroupIds}.
 */
@NullMarked
package io.quiver.planner.columnar;

import org.jspecify.annotations.NullMarked;
