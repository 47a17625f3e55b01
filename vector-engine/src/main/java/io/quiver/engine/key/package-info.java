/**
 * Keys of rows: canonical bytes, their hash, and the shard they belong to.
 *
 * <p>All three are facts of the format. Start reading at {@link io.quiver.engine.key.RowKey}.
 */
@NullMarked
package io.quiver.engine.key;

import org.jspecify.annotations.NullMarked;
