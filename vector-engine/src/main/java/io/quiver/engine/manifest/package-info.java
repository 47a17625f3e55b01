/**
 * Which segments make up each collection now: replaced whole, by one rename.
 *
 * <p>Start reading at {@link io.quiver.engine.manifest.Manifest}.
 */
@NullMarked
package io.quiver.engine.manifest;

import org.jspecify.annotations.NullMarked;
