package io.quiver.engine.index.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quiver.engine.RealData;
import io.quiver.engine.Relevance;
import io.quiver.engine.index.BestRows;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.engine.search.StopSignal;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real BM25 impacts, whose exact answers came from another implementation. */
class RealSparseDataTest {
  @Test
  void cranfieldRanksAsItsReferenceDoes() {
    ListedRows rows = new ListedRows(RealData.csr("cranfield/sparse_docs.csr"));
    SparseVectorValue[] queries = RealData.csr("cranfield/sparse_queries.csr");
    InvertedIndex index = indexOf(rows);
    List<int[]> rankings = new ArrayList<>();
    for (SparseVectorValue query : queries) {
      BestRows best = search(rows, index, query, 100);
      int[] ranking = new int[best.size()];
      for (int i = 0; i < ranking.length; i++) {
        ranking[i] = best.row(i);
      }
      rankings.add(ranking);
    }

    assertThat(new Relevance().gainAtTen(rankings)).isCloseTo(0.4880, within(5e-4));
  }

  @Test
  void documentationScoresAreThoseOfTheReference() {
    ListedRows rows = new ListedRows(RealData.csr("docs60k/sparse_base.csr"));
    SparseVectorValue[] queries = RealData.csr("docs60k/sparse_queries.csr");
    int[][] truth = RealData.ivecs("docs60k/sparse_gt.ivecs");
    InvertedIndex index = indexOf(rows);
    for (int i = 0; i < queries.length; i++) {
      SparseVectorValue query = queries[i];
      for (int k : new int[] {10, 100}) {
        BestRows best = search(rows, index, query, k);
        for (int rank = 0; rank < k; rank++) {
          int expected = truth[i][rank];
          if (expected < 0) {
            assertThat(best.size()).isEqualTo(rank);
            break;
          }
          // Ties are common, so the rows may differ where the scores do not.
          double score = NaiveSearch.dot(query, rows.vectors()[expected]);
          assertThat(-best.distance(rank))
              .as("query %s rank %s", i, rank)
              .isCloseTo(score, within(1e-4));
        }
      }
    }
  }

  private static InvertedIndex indexOf(ListedRows rows) {
    return InvertedIndexBuilder.forDotProduct(rows, Arena.ofAuto(), StopSignal.NEVER);
  }

  private static BestRows search(
      ListedRows rows, InvertedIndex index, SparseVectorValue query, int k) {
    BestRows best = new BestRows(k, Double.POSITIVE_INFINITY);
    new SparseSearch(
            rows, RowBitmap.full(rows.rows()), new DotProductScorer(query), best, StopSignal.NEVER)
        .search(index);
    return best.sort();
  }
}
