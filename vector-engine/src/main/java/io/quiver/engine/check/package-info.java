/**
 * Verifies every file of a database that nobody has open: checksums, references, keys against rows,
 * graphs and lists against vectors, the log from frame to frame.
 *
 * <p>Start reading at {@link io.quiver.engine.check.DatabaseCheck}.
 */
@NullMarked
package io.quiver.engine.check;

import org.jspecify.annotations.NullMarked;
