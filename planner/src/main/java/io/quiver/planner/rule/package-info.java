/**
 * Logical plans: searches bound to their filters, and rewrites.
 *
 * <p>{@link io.quiver.planner.rule.SearchBinder} runs first and once, and settles which predicates
 * are part of a search. {@link io.quiver.planner.rule.LogicalRules} then moves the rest about, and
 * {@link io.quiver.planner.rule.OrderByDistance} finds the searches that were written as an order
 * and a limit.
 */
@NullMarked
package io.quiver.planner.rule;

import org.jspecify.annotations.NullMarked;
