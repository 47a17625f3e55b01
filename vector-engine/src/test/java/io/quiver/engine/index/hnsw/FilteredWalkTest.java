package io.quiver.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.index.ClusteredVectors;
import io.quiver.engine.index.CorrelatedFilters;
import io.quiver.engine.index.CorrelatedFilters.Kind;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestHeap;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.QualifyingRows;
import io.quiver.engine.index.RankKey;
import io.quiver.engine.index.SearchMode;
import io.quiver.engine.index.exact.ExactIndex;
import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.kernel.VectorScorer;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.StopSignal;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The walks themselves, whatever the plan would choose. */
class FilteredWalkTest {
  private static final int ROWS = 12_000;
  private static final Arena ARENA = Arena.ofShared();
  private static final ClusteredVectors VECTORS = new ClusteredVectors(41, 100, 32);
  private static OffHeapRows rows;
  private static HnswGraph graph;
  private static CorrelatedFilters filters;

  private final NearestHeap nearest = new NearestHeap();
  private FilteredWalk walk;

  @BeforeAll
  static void build() {
    rows = VECTORS.rows(ARENA, ROWS, VectorElement.FLOAT32);
    HnswIndex index =
        new HnswBuilder(
                rows,
                new IndexSpec.Hnsw("i", "v", DistanceMetric.L2, 16, 100, Quantization.NONE),
                42,
                1)
            .build(ARENA, BuildProgress.IGNORED);
    byte[] section = HnswFiles.bytes(index);
    graph = HnswGraph.map(HnswFiles.mapped(ARENA, section).asSlice(64));
    filters = new CorrelatedFilters(rows, DistanceMetric.L2, 7);
  }

  @BeforeEach
  void makeWalk() {
    walk = new FilteredWalk(graph.level(0));
  }

  @AfterAll
  static void freeRows() {
    ARENA.close();
  }

  @Test
  void aSweepFindsTheNearestThatQualify() {
    assertThat(recall(SearchMode.SWEEP, Kind.RANDOM, .5)).isGreaterThan(.99);
    assertThat(recall(SearchMode.SWEEP, Kind.RANDOM, .1)).isGreaterThan(.99);
    assertThat(recall(SearchMode.SWEEP, Kind.POSITIVE, .2)).isGreaterThan(.99);
  }

  @Test
  void twoHopsFindTheNearestThatQualify() {
    assertThat(recall(SearchMode.TWO_HOP, Kind.RANDOM, .5)).isGreaterThan(.99);
    assertThat(recall(SearchMode.TWO_HOP, Kind.RANDOM, .1)).isGreaterThan(.97);
    assertThat(recall(SearchMode.TWO_HOP, Kind.POSITIVE, .2)).isGreaterThan(.98);
  }

  @Test
  void twoHopsBecomeASweepWhereTheFilterFavoursTheSurroundings() {
    assertThat(run(SearchMode.TWO_HOP, Kind.POSITIVE, .1, VECTORS.next(), Long.MAX_VALUE)).isTrue();
    assertThat(walk.mode()).isEqualTo(SearchMode.SWEEP);
  }

  @Test
  void aWalkGivesUpWhereTheFilterLeavesOutTheSurroundings() {
    int givenUp = 0;
    for (int i = 0; i < 20; i++) {
      givenUp += run(SearchMode.SWEEP, Kind.NEGATIVE, .5, VECTORS.next(), Long.MAX_VALUE) ? 0 : 1;
    }
    assertThat(givenUp).isGreaterThan(12);
    assertThat(walk.followed()).isLessThanOrEqualTo(16);
  }

  @Test
  void aWalkGivesUpAtItsBudget() {
    assertThat(run(SearchMode.SWEEP, Kind.RANDOM, .3, VECTORS.next(), 200)).isFalse();
    assertThat(walk.ranked()).isBetween(200L, 240L);
  }

  private double recall(SearchMode mode, Kind kind, double share) {
    ExactIndex exact = new ExactIndex(rows, ROWS, DistanceMetric.L2);
    int found = 0;
    for (int i = 0; i < 50; i++) {
      float[] query = VECTORS.next();
      RowBitmap filter = filters.filter(kind, query, share);
      assertThat(run(mode, filter, query, Long.MAX_VALUE)).isTrue();
      NearestRows wanted = exact.search(DenseQuery.of(query, 10, 10).among(filter, null));
      int size = nearest.size();
      long[] keys = nearest.sorted();
      for (int row : wanted.rows()) {
        for (int at = 0; at < size; at++) {
          assertThat(filter.contains(RankKey.row(keys[at]))).isTrue();
          found += RankKey.row(keys[at]) == row ? 1 : 0;
        }
      }
    }
    return found / 500.0;
  }

  private boolean run(SearchMode mode, Kind kind, double share, float[] query, long budget) {
    return run(mode, filters.filter(kind, query, share), query, budget);
  }

  private boolean run(SearchMode mode, RowBitmap filter, float[] query, long budget) {
    QualifyingRows qualifying = new QualifyingRows();
    qualifying.set(ROWS, DenseQuery.of(query, 10, 100).among(filter, null), null);
    VectorScorer scorer = new VectorScorer(rows, DistanceMetric.L2);
    scorer.query(query);
    GraphWalk descent = new GraphWalk();
    descent.visited().clear(ROWS);
    int start = graph.entry();
    for (int level = graph.top(); level > 0; level--) {
      start = descent.descend(graph.level(level), scorer, start);
    }
    nearest.reset(100);
    return walk.run(scorer, qualifying, ROWS, start, mode, budget, nearest, StopSignal.NEVER);
  }
}
