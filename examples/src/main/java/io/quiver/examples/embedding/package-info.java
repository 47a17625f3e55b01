/**
 * A model that runs in the process, so that {@code EMBED('text')} works without a service.
 *
 * <p>Provides {@link io.quiver.sql.function.TextEmbedder}; a model of your own goes the same way.
 */
@NullMarked
package io.quiver.examples.embedding;

import org.jspecify.annotations.NullMarked;
