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
  private float spread;

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
    spread = graph.spread();
  }

  @AfterAll
  static void freeRows() {
    ARENA.close();
  }

  @Test
  void aSweepFindsTheNearestThatQualify() {
    assertThat(recall(Kind.RANDOM, .5)).isGreaterThan(.99);
    assertThat(recall(Kind.RANDOM, .1)).isGreaterThan(.99);
    assertThat(recall(Kind.RANDOM, .02)).isGreaterThan(.98);
    assertThat(recall(Kind.POSITIVE, .2)).isGreaterThan(.99);
    assertThat(recall(Kind.POSITIVE, .05)).isGreaterThan(.98);
  }

  @Test
  void theSameWhereTheGraphHasNoSpread() {
    spread = 0;
    assertThat(recall(Kind.RANDOM, .5)).isGreaterThan(.99);
    assertThat(recall(Kind.RANDOM, .1)).isGreaterThan(.99);
    assertThat(recall(Kind.POSITIVE, .2)).isGreaterThan(.99);
  }

  @Test
  void aSweepTakesMoreStepsTheFewerNearTheQueryQualify() {
    assertThat(steps(Kind.POSITIVE, .2)).isLessThan(steps(Kind.RANDOM, .2));
    assertThat(steps(Kind.RANDOM, .2)).isLessThan(steps(Kind.RANDOM, .05));
    // To find a tenth at number n takes n steps and as many beyond as without a filter, about.
    assertThat(steps(Kind.RANDOM, .05)).isLessThan(1_000);
  }

  @Test
  void aWalkGivesUpAtItsBudget() {
    float[] query = VECTORS.next();
    RowBitmap filter = filters.filter(Kind.RANDOM, query, .3);
    assertThat(run(filter, query, 200)).isFalse();
    assertThat(walk.ranked()).isBetween(200L, 240L);
  }

  private double steps(Kind kind, double share) {
    long steps = 0;
    for (int i = 0; i < 20; i++) {
      float[] query = VECTORS.next();
      assertThat(run(filters.filter(kind, query, share), query, Long.MAX_VALUE)).isTrue();
      steps += walk.followed();
    }
    return steps / 20.0;
  }

  private double recall(Kind kind, double share) {
    ExactIndex exact = new ExactIndex(rows, ROWS, DistanceMetric.L2);
    int found = 0;
    for (int i = 0; i < 50; i++) {
      float[] query = VECTORS.next();
      RowBitmap filter = filters.filter(kind, query, share);
      assertThat(run(filter, query, Long.MAX_VALUE)).isTrue();
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

  private boolean run(RowBitmap filter, float[] query, long budget) {
    QualifyingRows qualifying = new QualifyingRows();
    qualifying.set(ROWS, DenseQuery.of(query, 10, 100).among(filter, null), null);
    VectorScorer scorer = new VectorScorer(rows, DistanceMetric.L2);
    scorer.query(query);
    GraphWalk descent = new GraphWalk();
    descent.begin(ROWS);
    int start = graph.entry();
    for (int level = graph.top(); level > 0; level--) {
      start = descent.descend(graph.level(level), scorer, start);
    }
    nearest.reset(10);
    WalkPlan plan = new WalkPlan(ROWS, 16, qualifying.cardinality(), 10, 100);
    return walk.run(
        scorer, qualifying, ROWS, start, plan, spread, budget, nearest, StopSignal.NEVER);
  }
}
