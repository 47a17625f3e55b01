package io.quiver.engine.log;

import io.quiver.engine.key.RowKey;
import org.jspecify.annotations.Nullable;

/**
 * One row put, patched or deleted.
 *
 * @param ordinal of the change in its commit, so that rows keep the order they came in across
 *     shards
 * @param columns ordinals of those patched; null for a put or a delete, which are of the whole row
 * @param values one a column, derived ones among them; of a patch one for each of {@code columns};
 *     null for a delete
 */
public record RowChange(
    RowKey key, int ordinal, int @Nullable [] columns, @Nullable Object @Nullable [] values) {
  /** Whether the row keeps its place and gets other values in some columns. */
  public boolean isPatch() {
    return columns != null;
  }
}
