/**
 * Filters: which rows of a segment a condition admits, as a bitmap with its exact cardinality.
 *
 * <p>A filter is compiled against the columns of one segment, taking payload indexes where there
 * are some, and evaluated column by column; blocks are skipped by zone maps, strings compared once
 * a dictionary entry. Start reading at {@link io.quiver.engine.filter.FilterEvaluator}.
 */
@NullMarked
package io.quiver.engine.filter;

import org.jspecify.annotations.NullMarked;
