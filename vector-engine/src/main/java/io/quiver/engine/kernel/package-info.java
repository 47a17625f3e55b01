/**
 * Arithmetic on vectors: distances between a query and rows of off-heap memory.
 *
 * <p>Vectors are read through {@link io.quiver.engine.kernel.VectorRows}, whoever keeps them.
 */
@NullMarked
package io.quiver.engine.kernel;

import org.jspecify.annotations.NullMarked;
