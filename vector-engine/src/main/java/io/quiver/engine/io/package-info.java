/**
 * The only way to files: open, write, force, rename, sync a directory, map.
 *
 * <p>Nothing else in the engine touches {@code java.nio.file.Files} or a channel, so that tests can
 * put a faulty disk underneath.
 */
@NullMarked
package io.quiver.engine.io;

import org.jspecify.annotations.NullMarked;
