/**
 * Rows: memtables that take them, sealed segments that keep them, and which of them are deleted.
 *
 * <p>A row is written once and never changed; an update deletes the old row and adds a new one. A
 * segment is one shard's rows in the order they were committed. Start reading at {@link
 * io.quiver.engine.segment.Segment}.
 */
@NullMarked
package io.quiver.engine.segment;

import org.jspecify.annotations.NullMarked;
