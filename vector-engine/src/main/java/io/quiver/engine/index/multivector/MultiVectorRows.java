package io.quiver.engine.index.multivector;

import java.lang.foreign.MemorySegment;

/**
 * The multivectors of a segment: a sealed segment's column, or the rows of a memtable visible at
 * some moment. A multivector's own rows are called tokens here. Safe for many threads.
 */
public interface MultiVectorRows {
  /** How many rows there are, with a multivector or without. */
  int rows();

  /** Components of one token. */
  int dimension();

  /** Number of tokens of a row; 0 for a null or an empty multivector. */
  int tokens(int row);

  /** The memory a row's tokens lie in, off the heap: IEEE half floats, little-endian. */
  MemorySegment segment(int row);

  /** Where the row's first token starts in {@link #segment}; the others follow without a gap. */
  long offset(int row);
}
