package io.quiver.engine.log;

import io.quiver.engine.key.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * One row put or deleted.
 *
 * @param ordinal of the change in its commit, so that rows keep the order they came in across
 *     shards
 * @param values one a column, derived ones among them; null for a delete
 */
public record RowChange(RowKey key, int ordinal, @Nullable Object @Nullable [] values) {}
