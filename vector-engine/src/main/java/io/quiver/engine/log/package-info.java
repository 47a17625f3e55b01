/**
 * The write log: append, make durable, replay; the only order there is.
 *
 * <p>State is what applying the log gives. A record's position is its number in the log, from 1.
 * Start reading at {@link io.quiver.engine.log.WriteLog}.
 */
@NullMarked
package io.quiver.engine.log;

import org.jspecify.annotations.NullMarked;
