package io.quiver.engine.index.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.index.BestRows;
import io.quiver.engine.index.sparse.RandomRows.Weights;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.engine.search.StopSignal;
import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SparseSearchTest {
  private static final double NO_BOUND = Double.POSITIVE_INFINITY;
  private final long seed = Long.getLong("quiver.seed", 21);

  @ParameterizedTest
  @EnumSource(Weights.class)
  void indexAndScanGiveTheNaiveAnswer(Weights weights) {
    RandomRows random = new RandomRows(seed, weights, 300);
    for (int rowCount : new int[] {1, 255, 4096, 4097, 20_000}) {
      ListedRows rows = random.rows(rowCount, 20);
      InvertedIndex index = indexOf(rows);
      for (double share : new double[] {1, 0.5, 0.1, 0.01, 0.001, 0}) {
        RowBitmap filter = random.filter(rowCount, share);
        for (int k : new int[] {1, 10, 50_000}) {
          SparseVectorValue query = random.vector(1 + random.random.nextInt(12));
          var expected =
              NaiveSearch.search(
                  rows, filter, query, row -> NaiveSearch.dot(query, row), k, NO_BOUND);
          String what = weights + " seed " + seed + " rows " + rowCount + " " + share + " k " + k;
          assertThat(search(rows, index, filter, query, k, NO_BOUND)).as(what).isEqualTo(expected);
          assertThat(scan(rows, filter, query, k, NO_BOUND)).as(what).isEqualTo(expected);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Weights.class)
  void boundOnDistanceKeepsRowsExactlyAsFar(Weights weights) {
    RandomRows random = new RandomRows(seed, weights, 100);
    ListedRows rows = random.rows(9_000, 15);
    InvertedIndex index = indexOf(rows);
    RowBitmap filter = RowBitmap.full(rows.rows());
    for (int i = 0; i < 20; i++) {
      SparseVectorValue query = random.vector(6);
      var all =
          NaiveSearch.search(rows, filter, query, row -> NaiveSearch.dot(query, row), 99, NO_BOUND);
      if (all.isEmpty()) {
        continue;
      }
      double bound = all.get(random.random.nextInt(all.size())).distance();
      var expected =
          NaiveSearch.search(rows, filter, query, row -> NaiveSearch.dot(query, row), 50, bound);
      assertThat(search(rows, index, filter, query, 50, bound)).isEqualTo(expected);
      assertThat(scan(rows, filter, query, 50, bound)).isEqualTo(expected);
    }
  }

  @Test
  void equalScoresGoToLowerRowsEvenWhereWindowsAreVisitedOutOfOrder() {
    SparseVectorValue[] vectors = new SparseVectorValue[3 * 4096];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = vector(1, 1f);
    }
    vectors[vectors.length - 1] = vector(1, 2f);
    ListedRows rows = new ListedRows(vectors);

    var hits = search(rows, indexOf(rows), RowBitmap.full(rows.rows()), vector(1, 1f), 3, NO_BOUND);

    assertThat(hits).extracting(NaiveSearch.Hit::row).containsExactly(vectors.length - 1, 0, 1);
  }

  @Test
  void rowsWhoseScoreIsZeroOrNegativeAreFoundIfTheyShareATerm() {
    ListedRows rows =
        new ListedRows(
            vector(2, 5f),
            new SparseVectorValue(new int[0], new float[0]),
            vector(1, -1f),
            new SparseVectorValue(new int[] {1, 3}, new float[] {1, -1}));
    SparseVectorValue query = new SparseVectorValue(new int[] {1, 3}, new float[] {1, 1});

    var hits = search(rows, indexOf(rows), RowBitmap.full(4), query, 10, NO_BOUND);

    assertThat(hits).containsExactly(new NaiveSearch.Hit(3, 0.0), new NaiveSearch.Hit(2, 1.0));
  }

  @Test
  void queryOfUnknownTermsOrOfNoneFindsNothing() {
    ListedRows rows = new ListedRows(vector(2, 5f));
    for (SparseVectorValue query :
        List.of(vector(3, 1f), new SparseVectorValue(new int[0], new float[0]))) {
      assertThat(search(rows, indexOf(rows), RowBitmap.full(1), query, 1, NO_BOUND)).isEmpty();
    }
  }

  @Test
  void segmentWithoutRowsOrWithoutTermsIsIndexed() {
    for (int count : new int[] {0, 3}) {
      SparseVectorValue[] empty = new SparseVectorValue[count];
      java.util.Arrays.fill(empty, new SparseVectorValue(new int[0], new float[0]));
      ListedRows rows = new ListedRows(empty);
      InvertedIndex index = indexOf(rows);
      index.verify(rows);
      assertThat(search(rows, index, RowBitmap.full(count), vector(1, 1f), 5, NO_BOUND)).isEmpty();
    }
  }

  @Test
  void pruningLeavesMostPostingsOfFrequentTermsUntouched() {
    RandomRows random = new RandomRows(seed, Weights.POSITIVE, 2_000);
    ListedRows rows = random.rows(60_000, 30);
    InvertedIndex index = indexOf(rows);
    // One rare term that matters, and the most frequent one that hardly does.
    SparseVectorValue query =
        new SparseVectorValue(new int[] {0, 7 * 1_500}, new float[] {.01f, 9});
    SparseSearch search =
        new SparseSearch(
            rows,
            RowBitmap.full(rows.rows()),
            new DotProductScorer(query),
            new BestRows(10, NO_BOUND),
            StopSignal.NEVER);
    search.search(index);

    long frequent = index.firstPosting(index.find(0) + 1) - index.firstPosting(index.find(0));
    assertThat(frequent).isGreaterThan(20_000);
    assertThat(search.postingsVisited()).isLessThan(frequent / 4);
    assertThat(search.mode()).isEqualTo("inverted");
  }

  @Test
  void searchStopsWhenItsCallerNoLongerWantsIt() {
    RandomRows random = new RandomRows(seed, Weights.POSITIVE, 100);
    ListedRows rows = random.rows(5_000, 10);
    StopSignal stopped =
        () -> {
          throw new SearchStoppedException("stopped", false);
        };
    SparseSearch search =
        new SparseSearch(
            rows,
            RowBitmap.full(rows.rows()),
            new DotProductScorer(random.vector(8)),
            new BestRows(10, NO_BOUND),
            stopped);
    InvertedIndex index = indexOf(rows);

    assertThatThrownBy(search::scan).isInstanceOf(SearchStoppedException.class);
    assertThatThrownBy(() -> search.search(index)).isInstanceOf(SearchStoppedException.class);
  }

  static SparseVectorValue vector(int term, float weight) {
    return new SparseVectorValue(new int[] {term}, new float[] {weight});
  }

  private static InvertedIndex indexOf(ListedRows rows) {
    return InvertedIndexBuilder.forDotProduct(rows, Arena.ofAuto(), StopSignal.NEVER);
  }

  private static List<NaiveSearch.Hit> search(
      ListedRows rows,
      InvertedIndex index,
      RowBitmap filter,
      SparseVectorValue query,
      int k,
      double bound) {
    BestRows best = new BestRows(k, bound);
    new SparseSearch(rows, filter, new DotProductScorer(query), best, StopSignal.NEVER)
        .search(index);
    return NaiveSearch.hits(best);
  }

  private static List<NaiveSearch.Hit> scan(
      ListedRows rows, RowBitmap filter, SparseVectorValue query, int k, double bound) {
    BestRows best = new BestRows(k, bound);
    new SparseSearch(rows, filter, new DotProductScorer(query), best, StopSignal.NEVER).scan();
    return NaiveSearch.hits(best);
  }
}
