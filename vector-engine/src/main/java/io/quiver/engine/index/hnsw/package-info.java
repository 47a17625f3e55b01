/**
 * Hierarchical navigable small world graphs (Malkov and Yashunin, 2016, arXiv 1603.09320): built
 * over the vectors of one segment, walked with or without a filter, kept in one piece of memory
 * that is also what is on disk.
 *
 * <p>Start reading at {@link io.quiver.engine.index.hnsw.HnswIndex}; {@code HnswBuilder} makes one.
 */
@NullMarked
package io.quiver.engine.index.hnsw;

import org.jspecify.annotations.NullMarked;
