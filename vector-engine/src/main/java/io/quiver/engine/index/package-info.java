/**
 * Search over the dense vectors of one segment: what is asked, what comes back.
 *
 * <p>{@code index.exact} compares every row, {@code index.hnsw} walks a graph; both answer the same
 * {@link io.quiver.engine.index.DenseQuery}. Start reading at {@link
 * io.quiver.engine.index.DenseIndex}. {@code index.sparse} and {@code index.multivector} search the
 * other kinds of vectors and collect {@link io.quiver.engine.index.BestRows}.
 */
@NullMarked
package io.quiver.engine.index;

import org.jspecify.annotations.NullMarked;
