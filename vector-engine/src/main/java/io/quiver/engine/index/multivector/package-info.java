/**
 * Multivectors: exact MaxSim over all qualifying rows or over given candidates.
 *
 * <p>The arithmetic is in {@code io.quiver.engine.kernel}; this package walks the rows. Start
 * reading at {@link io.quiver.engine.index.multivector.MaxSimSearch}.
 */
@NullMarked
package io.quiver.engine.index.multivector;

import org.jspecify.annotations.NullMarked;
