package io.quiver.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.index.CorrelatedFilters;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.Docs60k;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.Recall;
import io.quiver.engine.index.SearchEffort;
import io.quiver.engine.index.SearchMode;
import io.quiver.engine.index.exact.ExactIndex;
import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.search.RowBitmap;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Recall on real embeddings, with the default index, and under filters of every kind. */
@SuppressWarnings(
    "NullAway.Init") // Where the data is absent, each test is skipped before it reads.
class Docs60kTest {
  private static final Arena ARENA = Arena.ofShared();
  private static OffHeapRows rows;
  private static float[][] queries;
  private static int[][] nearest;
  private static HnswIndex index;
  private static ExactIndex exact;

  @BeforeAll
  static void build() throws IOException {
    if (!Docs60k.isThere()) {
      return; // Each test is skipped, so that it is counted as such.
    }
    Docs60k docs = Docs60k.orSkip();
    rows = docs.rows(ARENA);
    queries = docs.queries();
    nearest = docs.nearest();
    IndexSpec.Hnsw spec =
        new IndexSpec.Hnsw(
            "i",
            "v",
            DistanceMetric.COSINE,
            IndexSpec.Hnsw.DEFAULT_M,
            IndexSpec.Hnsw.DEFAULT_EF_CONSTRUCTION,
            Quantization.AUTO);
    index = new HnswBuilder(rows, spec, 42, 1).build(ARENA, BuildProgress.IGNORED);
    exact = new ExactIndex(rows, Docs60k.ROWS, DistanceMetric.COSINE);
  }

  @BeforeEach
  void skipWithoutData() {
    Docs60k.orSkip();
  }

  @AfterAll
  static void freeRows() {
    ARENA.close();
  }

  @Test
  void theGraphIsWhole() {
    index.verify();
  }

  @Test
  void exactSearchGivesTheExactAnswers() {
    for (int i = 0; i < Docs60k.QUERIES; i += 25) {
      NearestRows found = exact.search(DenseQuery.of(queries[i], 100, 1));
      Recall recall = new Recall();
      recall.add(found, wanted(i, 100));
      // The answers of the data set are by dot product, of vectors whose length is nearly one.
      assertThat(recall.value()).isGreaterThan(.97);
    }
  }

  @Test
  void recallAtTheDefaultEffortIsAboveItsFloor() {
    assertThat(recall(64)).isGreaterThan(.97);
    assertThat(recall(100)).isGreaterThan(.98);
    assertThat(recall(200)).isGreaterThan(.99);
  }

  private static double recall(int ef) {
    Recall recall = new Recall();
    for (int i = 0; i < Docs60k.QUERIES; i++) {
      recall.add(index.search(DenseQuery.of(queries[i], 10, ef)), wanted(i, 10));
    }
    return recall.value();
  }

  private static NearestRows wanted(int query, int k) {
    int[] first = Arrays.copyOf(nearest[query], k);
    return new NearestRows(
        first, new double[k], new SearchEffort(SearchMode.SCAN, Docs60k.ROWS, 0, 0, 0));
  }

  @ParameterizedTest
  @EnumSource
  void everyFilterKeepsRecallAndFillsK(CorrelatedFilters.Kind kind) {
    CorrelatedFilters filters = new CorrelatedFilters(rows, DistanceMetric.COSINE, 3);
    for (double share : new double[] {.5, .2, .1, .05, .02, .01, .003, .001, .0001}) {
      Recall recall = new Recall();
      Map<SearchMode, Integer> modes = new EnumMap<>(SearchMode.class);
      for (int i = 0; i < Docs60k.QUERIES; i += 10) {
        RowBitmap allowed = filters.filter(kind, queries[i], share);
        DenseQuery query = DenseQuery.of(queries[i], 10, 100).among(allowed, null);
        NearestRows found = index.search(query);
        NearestRows all = exact.search(query);
        assertThat(found.rows()).hasSize(Math.min(10, allowed.cardinality()));
        recall.add(found, all);
        modes.merge(found.effort().mode(), 1, Integer::sum);
      }
      assertThat(recall.value())
          .as("%s %s, searched by %s", kind, share, modes)
          .isGreaterThanOrEqualTo(.99);
    }
  }
}
