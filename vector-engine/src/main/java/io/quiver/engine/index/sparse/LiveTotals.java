package io.quiver.engine.index.sparse;

/**
 * What the live rows of a segment hold together.
 *
 * @param documents rows with at least one term
 * @param length sum of their term counts
 */
record LiveTotals(long documents, double length) {}
