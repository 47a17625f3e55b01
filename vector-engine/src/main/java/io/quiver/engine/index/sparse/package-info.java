/**
 * Sparse vectors: exact best rows by dot product and by BM25, over inverted lists or by a scan.
 *
 * <p>Inverted lists hold upper bounds only; every score handed out is computed from the stored row
 * in double precision, so a sealed segment and a memtable give the same number for the same row.
 * Start reading at {@link io.quiver.engine.index.sparse.SparseSearch}.
 */
@NullMarked
package io.quiver.engine.index.sparse;

import org.jspecify.annotations.NullMarked;
