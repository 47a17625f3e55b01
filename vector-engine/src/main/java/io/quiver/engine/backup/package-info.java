/** Copies of a database: of one that is open, as of a position of its log, and back again. */
@NullMarked
package io.quiver.engine.backup;

import org.jspecify.annotations.NullMarked;
