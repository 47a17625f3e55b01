package io.quiver.engine.filter;

/**
 * How many rows of a segment a filter is expected to admit.
 *
 * @param exact whether that is their number and no estimate
 */
public record FilterEstimate(long rows, boolean exact) {}
