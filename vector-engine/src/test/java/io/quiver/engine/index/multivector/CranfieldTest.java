package io.quiver.engine.index.multivector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quiver.engine.RealData;
import io.quiver.engine.Relevance;
import io.quiver.engine.index.BestRows;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.StopSignal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rankings of a real collection are as good as its reference says. */
class CranfieldTest {
  private static final int DIMENSION = 128;

  @Test
  void denseAndFusedRankingsAreAsGoodAsTheReference() {
    int[][] dense = RealData.ivecs("cranfield/gt_dense_top100.ivecs");
    int[][] text = RealData.ivecs("cranfield/gt_bm25_top100.ivecs");
    Relevance relevance = new Relevance();
    List<int[]> fused = new ArrayList<>();
    for (int i = 0; i < dense.length; i++) {
      fused.add(fuse(dense[i], text[i]));
    }

    assertThat(relevance.gainAtTen(List.of(dense))).isCloseTo(0.5167, within(5e-4));
    assertThat(relevance.gainAtTen(fused)).isCloseTo(0.5527, within(5e-4));
  }

  @Test
  void maxSimOverAllDocumentsIsAsGoodAsTheReference() {
    ListedTokens documents = documents();
    List<int[]> rankings = new ArrayList<>();
    for (float[][] query : queries()) {
      rankings.add(search(documents, RowBitmap.full(documents.rows()), query));
    }
    assertThat(rankings).allSatisfy(ranking -> assertThat(ranking).doesNotContain(470, 994));
    assertThat(new Relevance().gainAtTen(rankings)).isCloseTo(0.5229, within(5e-4));
  }

  @Test
  void maxSimOverCandidatesOfDenseSearchIsAsGoodAsTheReference() {
    ListedTokens documents = documents();
    int[][] dense = RealData.ivecs("cranfield/gt_dense_top100.ivecs");
    List<int[]> rankings = new ArrayList<>();
    float[][][] queries = queries();
    for (int i = 0; i < queries.length; i++) {
      RowBitmap candidates = new RowBitmap(documents.rows());
      for (int row : dense[i]) {
        candidates.add(row);
      }
      rankings.add(search(documents, candidates, queries[i]));
    }
    assertThat(new Relevance().gainAtTen(rankings)).isCloseTo(0.5230, within(5e-4));
  }

  private static int[] search(ListedTokens documents, RowBitmap filter, float[][] query) {
    BestRows best = new BestRows(10, Double.POSITIVE_INFINITY);
    new MaxSimSearch(documents, filter, new MaxSimQuery(query, DIMENSION), StopSignal.NEVER)
        .run(best);
    best.sort();
    int[] ranking = new int[best.size()];
    for (int i = 0; i < ranking.length; i++) {
      ranking[i] = best.row(i);
    }
    return ranking;
  }

  /** Reciprocal rank fusion with the customary constant of 60, ranks from 1. */
  private static int[] fuse(int[]... rankings) {
    Map<Integer, Double> scores = new HashMap<>();
    for (int[] ranking : rankings) {
      for (int rank = 0; rank < ranking.length && ranking[rank] >= 0; rank++) {
        scores.merge(ranking[rank], 1.0 / (60 + rank + 1), Double::sum);
      }
    }
    return scores.entrySet().stream()
        .sorted(
            Map.Entry.<Integer, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .mapToInt(Map.Entry::getKey)
        .toArray();
  }

  private static ListedTokens documents() {
    return new ListedTokens(DIMENSION, RealData.halfTokens("cranfield/tokens_docs.f16.mvecs"));
  }

  private static float[][][] queries() {
    ListedTokens tokens =
        new ListedTokens(DIMENSION, RealData.halfTokens("cranfield/tokens_queries.f16.mvecs"));
    float[][][] queries = new float[tokens.rows()][][];
    for (int i = 0; i < queries.length; i++) {
      queries[i] = tokens.floats(i);
    }
    return queries;
  }
}
