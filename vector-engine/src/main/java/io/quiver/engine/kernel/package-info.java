/**
 * Arithmetic on vectors: distances between a query and rows of off-heap memory, as scalar and
 * Vector API twins.
 *
 * <p>Vectors are read through {@link io.quiver.engine.kernel.VectorRows}, whoever keeps them. The
 * only package that may use {@code jdk.incubator.vector}. Rows are native or mapped memory, never
 * heap segments, so that call sites in hot loops see one kind of segment. Start reading at {@link
 * io.quiver.engine.kernel.DistanceKernels}.
 */
@NullMarked
package io.quiver.engine.kernel;

import org.jspecify.annotations.NullMarked;
