/**
 * Smaller copies of vectors for the first pass; what they find is rescored with full vectors.
 *
 * <p>Start reading at {@link io.quiver.engine.quantize.Int8Codes}.
 */
@NullMarked
package io.quiver.engine.quantize;

import org.jspecify.annotations.NullMarked;
