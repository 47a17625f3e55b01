package io.quiver.engine.index.sparse;

/**
 * What a row is worth to one query: a sum over the terms that both have.
 *
 * <p>Sums are taken in double precision in ascending order of terms, so a row's score is the same
 * number wherever the row is stored. Immutable, safe for many threads.
 */
public sealed interface SparseScorer permits DotProductScorer, Bm25Scorer {
  /** The query's terms, ascending. */
  int[] terms();

  /** The row's score; NaN where it shares no term with the query. */
  double score(SparseRow row);

  /**
   * An upper bound of the {@code i}-th term's part of any row's score, for each unit of the impact
   * that the inverted lists keep for the row.
   */
  double boundPerImpact(int i, InvertedIndex index);
}
