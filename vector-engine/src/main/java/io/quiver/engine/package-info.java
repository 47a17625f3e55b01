/**
 * The door of the engine: open a directory, get a collection, write, take a snapshot.
 *
 * <p>Modules above this one use this package and {@code schema}, {@code search} and {@code write};
 * nothing else of the engine. Start reading at {@link io.quiver.engine.VectorEngine}.
 */
@NullMarked
package io.quiver.engine;

import org.jspecify.annotations.NullMarked;
