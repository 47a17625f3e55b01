package io.quiver.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.index.ClusteredVectors;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

/** A walk ends by distance, at about the effort that was asked for. */
class WalkEndTest {
  private static final int ROWS = 6_000;
  private static final int K = 10;

  @Test
  void effortIsThatOfSoManyCandidatesAndRecallNotBelow() {
    try (Arena arena = Arena.ofShared()) {
      // One cluster, so that neighbours lie at all distances.
      ClusteredVectors vectors = new ClusteredVectors(4, 1, 24);
      OffHeapRows rows = vectors.rows(arena, ROWS, VectorElement.FLOAT32);
      HnswGraph graph = graph(rows, arena);
      HnswSearcher searcher = new HnswSearcher(graph, null, rows, DistanceMetric.L2, null);
      float spread = graph.spread();
      assertThat(spread).isBetween(.05f, .5f);
      for (int ef : new int[] {20, 50, 100}) {
        long plain = 0;
        long byDistance = 0;
        int nearerPlain = 0;
        int nearerByDistance = 0;
        for (int i = 0; i < 100; i++) {
          float[] query = vectors.next();
          NearestRows best = searcher.search(DenseQuery.of(query, K, 500));
          graph.setSpread(0);
          NearestRows byCount = searcher.search(DenseQuery.of(query, K, ef));
          graph.setSpread(spread);
          NearestRows found = searcher.search(DenseQuery.of(query, K, ef));
          assertThat(found.size()).isEqualTo(K);
          plain += byCount.effort().distanceEvaluations();
          byDistance += found.effort().distanceEvaluations();
          nearerPlain += within(best, byCount);
          nearerByDistance += within(best, found);
        }
        assertThat((double) byDistance / plain).as("effort at ef %s", ef).isBetween(.5, 1.3);
        assertThat(nearerByDistance).as("found at ef %s", ef).isGreaterThan(nearerPlain - 30);
      }
    }
  }

  private static HnswGraph graph(OffHeapRows rows, Arena arena) {
    IndexSpec.Hnsw spec =
        new IndexSpec.Hnsw("i", "v", DistanceMetric.L2, 16, 100, Quantization.NONE);
    HnswIndex index = new HnswBuilder(rows, spec, 42, 1).build(arena, BuildProgress.IGNORED);
    MemorySegment section = HnswFiles.mapped(arena, HnswFiles.bytes(index));
    return HnswGraph.map(section.asSlice(64, section.get(ValueLayout.JAVA_LONG_UNALIGNED, 16)));
  }

  private static int within(NearestRows best, NearestRows found) {
    int count = 0;
    for (double distance : found.distances()) {
      count += distance <= best.distances()[K - 1] ? 1 : 0;
    }
    return count;
  }
}
