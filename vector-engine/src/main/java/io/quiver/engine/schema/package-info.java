/**
 * What a collection is made of: columns, their types, the key, shards and index specifications.
 *
 * <p>Pure values, checked when they are made; used by every layer above. Start reading at {@link
 * io.quiver.engine.schema.CollectionSchema}.
 */
@NullMarked
package io.quiver.engine.schema;

import org.jspecify.annotations.NullMarked;
