package io.quiver.engine.index.multivector;

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

  /**
   * Copies tokens of a row, token after token, as IEEE half floats.
   *
   * @param first the first token wanted, from 0
   * @param count how many; {@code count * dimension()} halves are written from the array's start
   */
  void copy(int row, int first, int count, short[] halves);
}
