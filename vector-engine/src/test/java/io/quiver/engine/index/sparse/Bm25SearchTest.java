package io.quiver.engine.index.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quiver.engine.index.BestRows;
import io.quiver.engine.index.sparse.RandomRows.Weights;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.engine.search.StopSignal;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class Bm25SearchTest {
  private static final Bm25Curve CURVE = new Bm25Curve(1.2, 0.75);
  private final long seed = Long.getLong("quiver.seed", 41);
  private final RandomRows random = new RandomRows(seed, Weights.COUNTS, 120);

  @Test
  void indexAndScanGiveTheNaiveAnswerUnderDeletesAndFilters() {
    for (Bm25Curve curve : List.of(CURVE, new Bm25Curve(0, 0), new Bm25Curve(2, 1))) {
      ListedRows rows = random.rows(5_000, 25);
      InvertedIndex index =
          InvertedIndexBuilder.forBm25(rows, curve, Arena.ofAuto(), StopSignal.NEVER);
      for (double liveShare : new double[] {1, 0.7, 0.05}) {
        RowBitmap live = random.filter(rows.rows(), liveShare);
        for (double share : new double[] {1, 0.5, 0.01}) {
          RowBitmap filter = random.filter(rows.rows(), share);
          filter.intersect(live);
          SparseVectorValue query = random.vector(3);
          var expected =
              NaiveSearch.search(
                  rows,
                  filter,
                  query,
                  NaiveSearch.bm25(rows, live, query, curve.k1(), curve.b()),
                  10,
                  Double.POSITIVE_INFINITY);
          TextCount count = new TextCount(rows, live, query.indices(), StopSignal.NEVER);
          Bm25Scorer scorer = new Bm25Scorer(query, count.count(index), curve);
          BestRows indexed = new BestRows(10, Double.POSITIVE_INFINITY);
          new SparseSearch(rows, filter, scorer, indexed, StopSignal.NEVER).search(index);
          BestRows scanned = new BestRows(10, Double.POSITIVE_INFINITY);
          new SparseSearch(rows, filter, scorer, scanned, StopSignal.NEVER).scan();

          var hits = NaiveSearch.hits(indexed);
          assertThat(hits).as("seed " + seed).isEqualTo(NaiveSearch.hits(scanned));
          assertThat(hits).hasSameSizeAs(expected);
          for (int i = 0; i < hits.size(); i++) {
            assertThat(hits.get(i).distance()).isCloseTo(expected.get(i).distance(), within(1e-12));
          }
        }
      }
    }
  }

  @Test
  void segmentsScoredByMergedStatisticsAreScoredAsOne() {
    ListedRows whole = random.rows(3_000, 25);
    RowBitmap live = random.filter(whole.rows(), 0.8);
    SparseVectorValue query = random.vector(4);
    TextStatistics merged = TextStatistics.none(query.indices());
    BestRows best = new BestRows(20, Double.POSITIVE_INFINITY);
    int[] cuts = {0, 100, 101, 2_000, 3_000};
    for (int pass = 0; pass < 2; pass++) {
      for (int part = 0; part + 1 < cuts.length; part++) {
        int from = cuts[part];
        ListedRows rows = new ListedRows(Arrays.copyOfRange(whole.vectors(), from, cuts[part + 1]));
        RowBitmap partLive = new RowBitmap(rows.rows());
        for (int i = 0; i < rows.rows(); i++) {
          if (live.contains(from + i)) {
            partLive.add(i);
          }
        }
        InvertedIndex index =
            InvertedIndexBuilder.forBm25(rows, CURVE, Arena.ofAuto(), StopSignal.NEVER);
        if (pass == 0) {
          merged =
              merged.merge(
                  new TextCount(rows, partLive, query.indices(), StopSignal.NEVER).count(index));
        } else {
          BestRows partBest = new BestRows(20, Double.POSITIVE_INFINITY);
          Bm25Scorer scorer = new Bm25Scorer(query, merged, CURVE);
          new SparseSearch(rows, partLive, scorer, partBest, StopSignal.NEVER).search(index);
          for (int i = 0; i < partBest.size(); i++) {
            best.offer(partBest.distance(i), from + partBest.row(i));
          }
        }
      }
    }
    TextStatistics once = new TextCount(whole, live, query.indices(), StopSignal.NEVER).scan();
    BestRows expected = new BestRows(20, Double.POSITIVE_INFINITY);
    new SparseSearch(whole, live, new Bm25Scorer(query, once, CURVE), expected, StopSignal.NEVER)
        .scan();

    assertThat(merged.documentFrequencies()).isEqualTo(once.documentFrequencies());
    assertThat(merged.documents()).isEqualTo(once.documents());
    assertThat(merged.totalLength()).isEqualTo(once.totalLength());
    assertThat(NaiveSearch.hits(best)).isEqualTo(NaiveSearch.hits(expected));
  }

  @Test
  void statisticsByIndexAndByScanAgree() {
    ListedRows rows = random.rows(9_000, 25);
    InvertedIndex index =
        InvertedIndexBuilder.forBm25(rows, CURVE, Arena.ofAuto(), StopSignal.NEVER);
    for (double share : new double[] {1, 0.9, 0.01, 0}) {
      RowBitmap live = random.filter(rows.rows(), share);
      TextCount count = new TextCount(rows, live, random.vector(8).indices(), StopSignal.NEVER);
      TextStatistics scanned = count.scan();
      for (int again = 0; again < 2; again++) {
        TextStatistics counted = count.count(index);
        assertThat(counted.documentFrequencies()).isEqualTo(scanned.documentFrequencies());
        assertThat(counted.documents()).isEqualTo(scanned.documents());
        assertThat(counted.totalLength()).isEqualTo(scanned.totalLength());
      }
    }
  }

  @Test
  void scoreIsTheTextbookFormula() {
    TextStatistics statistics = new TextStatistics(new int[] {7}, new long[] {2}, 10, 50);
    Bm25Scorer scorer = new Bm25Scorer(SparseSearchTest.vector(7, 1f), statistics, CURVE);
    SparseRow row = new SparseRow();
    new ListedRows(new SparseVectorValue(new int[] {3, 7}, new float[] {5, 3})).read(0, row);

    double idf = Math.log(1 + (10 - 2 + 0.5) / (2 + 0.5));
    double expected = idf * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 8 / 5));
    assertThat(scorer.score(row)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void statisticsOfOtherTermsAreRefused() {
    TextStatistics one = TextStatistics.none(new int[] {1});
    assertThatThrownBy(() -> one.merge(TextStatistics.none(new int[] {2})))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> one.inverseDocumentFrequency(2))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bm25Curve(-1, 0.5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bm25Curve(1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
