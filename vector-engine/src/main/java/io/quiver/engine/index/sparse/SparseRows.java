package io.quiver.engine.index.sparse;

/**
 * The sparse vectors of a segment by row: the forward file of a sealed segment, or the rows of a
 * memtable visible at some moment. Safe for many threads.
 */
public interface SparseRows {
  /** How many rows there are, with a vector or without. */
  int rows();

  /** Replaces the contents of {@code into} by the row's; empty for a null or an empty vector. */
  void read(int row, SparseRow into);
}
