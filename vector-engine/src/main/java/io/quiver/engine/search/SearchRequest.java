package io.quiver.engine.search;

import io.quiver.engine.schema.DistanceMetric;
import java.util.List;
import java.util.Optional;

/**
 * The best {@code k} rows of one collection by one column, among those a filter admits.
 *
 * <p>Without a budget a result holds min(k, qualifying rows) rows, always.
 */
public sealed interface SearchRequest {
  /** Ordinal of the column searched. Rows that are null there are never found. */
  int column();

  /** How many rows at most, at least 1. More than there are gives all. */
  int k();

  /** Which rows qualify. */
  RowFilter filter();

  /** Only rows at most this far away; positive infinity for no bound. */
  double maxDistance();

  /**
   * Nearest by a dense vector.
   *
   * @param query of the column's dimension, finite; not all zero under cosine
   * @param metric of the wanted distances; the search is exact where the column's index has another
   * @param efSearch candidates kept during a graph walk, from 1 to 100,000; runs at least at k
   * @param exact whether to compare every qualifying row
   */
  record Dense(
      int column,
      float[] query,
      DistanceMetric metric,
      int k,
      int efSearch,
      boolean exact,
      RowFilter filter,
      double maxDistance)
      implements SearchRequest {}

  /**
   * Largest dot product with a sparse vector; the distance is its negative. A row qualifies only if
   * it shares an index with the query.
   */
  record Sparse(int column, SparseVectorValue query, int k, RowFilter filter, double maxDistance)
      implements SearchRequest {}

  /**
   * Largest BM25 score for some terms over a column with a {@link
   * io.quiver.engine.schema.IndexSpec.Bm25} index; the distance is the score's negative.
   *
   * @param query term indices of the query, each weight the number of times it is asked for
   */
  record Text(int column, SparseVectorValue query, int k, RowFilter filter, double maxDistance)
      implements SearchRequest {}

  /**
   * Largest MaxSim: for each query row the largest dot product with any row of the multivector,
   * summed; the distance is its negative. Rows are normalised first, so products are cosines.
   *
   * @param query any number of rows, each of the column's dimension
   * @param efSearch how hard to look for candidates where the column has an index, from 1 to
   *     100,000
   * @param exact whether to compare every qualifying row
   * @param among rows to score, as {@link CollectionView} names them; empty for all
   */
  record MaxSim(
      int column,
      float[][] query,
      int k,
      int efSearch,
      boolean exact,
      RowFilter filter,
      Optional<List<Long>> among,
      double maxDistance)
      implements SearchRequest {}
}
