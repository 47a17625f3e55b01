/**
 * Changes on their way into the engine: rows to put, keys to delete, schemas to define.
 *
 * <p>Everything here is checked against the schema when it is made, so that nothing that reaches
 * the log can fail when it is applied. Start reading at {@link io.quiver.engine.write.WriteBatch}.
 */
@NullMarked
package io.quiver.engine.write;

import org.jspecify.annotations.NullMarked;
