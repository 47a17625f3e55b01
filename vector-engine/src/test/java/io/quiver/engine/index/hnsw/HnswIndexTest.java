package io.quiver.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.index.ClusteredVectors;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.Recall;
import io.quiver.engine.index.SearchMode;
import io.quiver.engine.index.exact.ExactIndex;
import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.search.StopSignal;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HnswIndexTest {
  private final Arena arena = Arena.ofShared();

  @AfterEach
  void freeRows() {
    arena.close();
  }

  @Test
  void noRowsGiveNothing() {
    HnswIndex index = build(OffHeapRows.flat(arena, 0, 8, VectorElement.FLOAT32));

    assertThat(index.search(DenseQuery.of(new float[8], 10, 10)).rows()).isEmpty();
    index.verify();
  }

  @Test
  void oneRowIsFound() {
    HnswIndex index = build(OffHeapRows.of(arena, new float[] {1, 2}));

    NearestRows found = index.search(DenseQuery.of(new float[] {2, 1}, 10, 10));

    assertThat(found.rows()).containsExactly(0);
    assertThat(found.distances()[0]).isBetween(.19999, .20001);
    index.verify();
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "INT8"})
  void rowsThatAreAllEqualStayConnectedAndGiveK(Quantization quantization) {
    float[] vector = new ClusteredVectors(1, 1, 32).next();
    OffHeapRows rows = OffHeapRows.flat(arena, 4_000, 32, VectorElement.FLOAT32);
    for (int i = 0; i < 4_000; i++) {
      rows.add(vector);
    }
    HnswIndex index = build(rows, DistanceMetric.COSINE, quantization, 1);

    NearestRows found = index.search(DenseQuery.of(vector, 50, 10));

    assertThat(found.effort().mode()).isEqualTo(SearchMode.GRAPH);
    assertThat(found.rows()).hasSize(50).doesNotHaveDuplicates();
    index.verify();
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "INT8"})
  void thousandsOfCopiesDoNotHideTheirSurroundings(Quantization quantization) {
    ClusteredVectors vectors = new ClusteredVectors(2, 40, 32);
    OffHeapRows rows = OffHeapRows.flat(arena, 4_000, 32, VectorElement.FLOAT32);
    float[] copied = vectors.near(7);
    for (int i = 0; i < 4_000; i++) {
      rows.add(i % 2 == 0 ? copied : vectors.next());
    }
    HnswIndex index = build(rows, DistanceMetric.L2, quantization, 1);
    index.verify();
    ExactIndex exact = new ExactIndex(rows, rows.rows(), DistanceMetric.L2);

    assertThat(list(index.search(DenseQuery.of(copied, 100, 100))))
        .hasSize(100)
        .doesNotHaveDuplicates()
        .allMatch(row -> row % 2 == 0);
    Recall recall = new Recall();
    for (int i = 0; i < 100; i++) {
      DenseQuery query = DenseQuery.of(vectors.next(), 10, 100);
      NearestRows wanted = exact.search(query);
      if (wanted.distances()[9] != wanted.distances()[8]) {
        recall.add(index.search(query), wanted);
      }
    }
    assertThat(recall.value()).isGreaterThan(.95);
  }

  @Test
  void moreThanThereAreGivesAll() {
    OffHeapRows rows = new ClusteredVectors(3, 5, 16).rows(arena, 700, VectorElement.FLOAT32);

    NearestRows found = build(rows).search(DenseQuery.of(rows.vector(5), 100_000, 1));

    assertThat(found.rows()).hasSize(700).doesNotHaveDuplicates().startsWith(5);
    assertThat(found.distances()).isSorted();
  }

  @ParameterizedTest
  @EnumSource
  void fewRowsThatAreAllWantedComeInOrder(DistanceMetric metric) {
    ClusteredVectors vectors = new ClusteredVectors(12, 9, 24);
    OffHeapRows rows = vectors.rows(arena, 640, VectorElement.FLOAT32);
    HnswIndex index = build(rows, metric, Quantization.NONE, 1);
    ExactIndex exact = new ExactIndex(rows, rows.rows(), metric);
    SplittableRandom random = new SplittableRandom(12);
    for (int few : new int[] {1, 2, 9, 31, 32, 33}) {
      RowBitmap allowed = new RowBitmap(rows.rows());
      RowBitmap deleted = new RowBitmap(rows.rows());
      allowed.add(639);
      while (allowed.cardinality() < few) {
        allowed.add(random.nextInt(640));
      }
      deleted.add(639);
      DenseQuery all = DenseQuery.of(vectors.next(), 40, 40);
      for (DenseQuery query : List.of(all.among(allowed, null), all.among(allowed, deleted))) {
        NearestRows found = index.search(query);

        NearestRows expected = exact.search(query);
        assertThat(found.rows()).containsExactly(expected.rows());
        assertThat(found.distances()).containsExactly(expected.distances());
        assertThat(found.effort().mode()).isEqualTo(SearchMode.SCAN);
        assertThat(found.effort().distanceEvaluations()).isEqualTo(found.size());
      }
    }
  }

  @Test
  void anEffortBelowKRunsAtK() {
    OffHeapRows rows = new ClusteredVectors(4, 50, 16).rows(arena, 5_000, VectorElement.FLOAT32);

    NearestRows found = build(rows).search(DenseQuery.of(rows.vector(9), 30, 1));

    assertThat(found.effort().mode()).isEqualTo(SearchMode.GRAPH);
    assertThat(found.rows()).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void aSearchOfFewerRowsIsExpectedToCostLess() {
    HnswIndex index =
        build(new ClusteredVectors(14, 50, 16).rows(arena, 5_000, VectorElement.FLOAT32));

    assertThat(index.cost(0, 10, 50)).isZero();
    assertThat(index.cost(1, 10, 50)).isLessThan(index.cost(100, 10, 50));
    assertThat(index.cost(100, 10, 50)).isLessThan(index.cost(5_000, 10, 50));
    assertThat(index.cost(5_000, 10, 50)).isLessThan(5_000);
  }

  @Test
  void aLargeEffortWalksWithHeapsAndFindsTheSame() {
    ClusteredVectors vectors = new ClusteredVectors(5, 50, 16);
    OffHeapRows rows = vectors.rows(arena, 20_000, VectorElement.FLOAT32);
    HnswIndex index = build(rows);
    ExactIndex exact = new ExactIndex(rows, rows.rows(), DistanceMetric.COSINE);
    Recall recall = new Recall();
    for (int i = 0; i < 20; i++) {
      DenseQuery query = DenseQuery.of(vectors.next(), 10, 520);
      NearestRows found = index.search(query);
      assertThat(found.effort().mode()).isEqualTo(SearchMode.GRAPH);
      recall.add(found, exact.search(query));
    }

    assertThat(recall.value()).isGreaterThan(.99);
  }

  @Test
  void rowsWithoutAVectorAreNeverFound() {
    ClusteredVectors vectors = new ClusteredVectors(6, 20, 16);
    OffHeapRows rows = OffHeapRows.flat(arena, 5_000, 16, VectorElement.FLOAT32);
    for (int i = 0; i < 5_000; i++) {
      if (i % 3 == 0) {
        rows.addNull();
      } else {
        rows.add(vectors.next());
      }
    }
    HnswIndex index = build(rows, DistanceMetric.L2, Quantization.AUTO, 1);
    index.verify();

    NearestRows near = index.search(DenseQuery.of(new float[16], 10, 20));
    NearestRows all = index.search(DenseQuery.of(new float[16], 5_000, 20));

    assertThat(near.effort().mode()).isEqualTo(SearchMode.GRAPH);
    assertThat(list(near)).hasSize(10).allMatch(row -> row % 3 != 0);
    assertThat(list(all)).hasSize(3_333).allMatch(row -> row % 3 != 0);
  }

  @Test
  void onlyNullsGiveNothing() {
    OffHeapRows rows = OffHeapRows.flat(arena, 10, 4, VectorElement.FLOAT32);
    for (int i = 0; i < 10; i++) {
      rows.addNull();
    }
    HnswIndex index = build(rows);

    assertThat(index.search(DenseQuery.of(new float[] {1, 0, 0, 0}, 3, 3)).rows()).isEmpty();
    index.verify();
  }

  @Test
  void deletedRowsNeverEatIntoK() {
    ClusteredVectors vectors = new ClusteredVectors(7, 30, 24);
    OffHeapRows rows = vectors.rows(arena, 6_000, VectorElement.FLOAT32);
    HnswIndex index = build(rows);
    ExactIndex exact = new ExactIndex(rows, rows.rows(), DistanceMetric.COSINE);
    for (int nearest : new int[] {1, 50, 1_000, 5_990}) {
      Recall recall = new Recall();
      for (int i = 0; i < 20; i++) {
        DenseQuery query = DenseQuery.of(vectors.next(), 20, 100);
        RowBitmap deleted = new RowBitmap(rows.rows());
        NearestRows doomed = exact.search(DenseQuery.of(query.vector(), nearest, nearest));
        for (int row : doomed.rows()) {
          deleted.add(row);
        }
        NearestRows found = index.search(query.among(null, deleted));

        assertThat(list(found))
            .hasSize(Math.min(20, 6_000 - nearest))
            .doesNotHaveDuplicates()
            .noneMatch(deleted::contains);
        recall.add(found, exact.search(query.among(null, deleted)));
      }
      assertThat(recall.value()).as("%d deleted", nearest).isGreaterThan(.97);
    }
  }

  @Test
  void chunkedRowsGiveTheSameAsFlatOnes() {
    ClusteredVectors vectors = new ClusteredVectors(8, 20, 24);
    OffHeapRows flat = vectors.rows(arena, 3_000, VectorElement.FLOAT32);
    OffHeapRows chunked = OffHeapRows.chunked(arena, 3_000, 24, VectorElement.FLOAT32, 8);
    for (int i = 0; i < 3_000; i++) {
      chunked.add(flat.vector(i));
    }
    HnswIndex one = build(flat);
    HnswIndex other = build(chunked);
    for (int i = 0; i < 30; i++) {
      DenseQuery query = DenseQuery.of(vectors.next(), 10, 40);

      assertThat(other.search(query).rows()).isEqualTo(one.search(query).rows());
    }
  }

  @Test
  void theSameSeedBuildsTheSameGraph() {
    OffHeapRows rows = new ClusteredVectors(9, 20, 24).rows(arena, 2_000, VectorElement.FLOAT32);
    byte[] once = HnswFiles.bytes(build(rows));
    byte[] again = HnswFiles.bytes(build(rows));

    assertThat(again).isEqualTo(once);
  }

  @Test
  void severalThreadsBuildAWholeGraph() {
    ClusteredVectors vectors = new ClusteredVectors(10, 50, 24);
    OffHeapRows rows = vectors.rows(arena, 8_000, VectorElement.FLOAT32);
    HnswIndex index = build(rows, DistanceMetric.COSINE, Quantization.AUTO, 4);
    index.verify();
    ExactIndex exact = new ExactIndex(rows, rows.rows(), DistanceMetric.COSINE);
    Recall recall = new Recall();
    for (int i = 0; i < 100; i++) {
      DenseQuery query = DenseQuery.of(vectors.next(), 10, 100);
      recall.add(index.search(query), exact.search(query));
    }

    assertThat(recall.value()).isGreaterThan(.97);
  }

  @Test
  void manyThreadsSearchAtOnce() {
    ClusteredVectors vectors = new ClusteredVectors(15, 50, 24);
    OffHeapRows rows = vectors.rows(arena, 4_000, VectorElement.FLOAT32);
    HnswIndex index = build(rows);
    List<DenseQuery> queries = new ArrayList<>();
    List<List<Integer>> alone = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      queries.add(DenseQuery.of(vectors.next(), 10, 40));
      alone.add(list(index.search(queries.get(i))));
    }

    List<List<Integer>> together =
        queries.parallelStream().map(query -> list(index.search(query))).toList();

    assertThat(together).isEqualTo(alone);
  }

  @Test
  void progressIsHeardAndMayStopTheBuild() {
    OffHeapRows rows = new ClusteredVectors(11, 20, 24).rows(arena, 3_000, VectorElement.FLOAT32);
    List<Integer> heard = new ArrayList<>();
    new HnswBuilder(rows, spec(DistanceMetric.L2, Quantization.NONE), 1, 2)
        .build(arena, heard::add);

    assertThat(heard).contains(3_000).isNotEmpty();
    assertThatThrownBy(
            () ->
                new HnswBuilder(rows, spec(DistanceMetric.L2, Quantization.NONE), 1, 2)
                    .build(
                        arena,
                        done -> {
                          throw new SearchStoppedException("Closing", false);
                        }))
        .isInstanceOf(SearchStoppedException.class)
        .hasMessage("Closing");
  }

  @Test
  void aCancelledWalkStops() {
    OffHeapRows rows = new ClusteredVectors(12, 20, 24).rows(arena, 5_000, VectorElement.FLOAT32);
    StopSignal stop =
        () -> {
          throw new SearchStoppedException("Cancelled", false);
        };
    HnswIndex index = build(rows);

    assertThatThrownBy(
            () -> index.search(new DenseQuery(rows.vector(0), 10, 5_000, null, null, stop)))
        .isInstanceOf(SearchStoppedException.class);
    assertThat(index.search(DenseQuery.of(rows.vector(0), 1, 50)).rows()).containsExactly(0);
  }

  @Test
  void codesThatDoNotServeTheMetricAreRefused() {
    OffHeapRows rows = OffHeapRows.of(arena, new float[] {1, 2});

    assertThatThrownBy(() -> build(rows, DistanceMetric.L1, Quantization.INT8, 1))
        .hasMessage("Quantization INT8 does not serve metric L1: use AUTO or NONE");
    assertThatThrownBy(() -> build(rows, DistanceMetric.L1, Quantization.BIT, 1))
        .hasMessage("Quantization BIT does not serve metric L1: use AUTO or NONE");
  }

  @Test
  void autoTakesTheSmallestCodesThatKeepRecall() {
    OffHeapRows spread =
        new ClusteredVectors(3, 500, 192).rows(arena, 10_000, VectorElement.FLOAT32);
    OffHeapRows few = new ClusteredVectors(3, 50, 192).rows(arena, 2_000, VectorElement.FLOAT32);
    OffHeapRows fine = OffHeapRows.flat(arena, 10_000, 192, VectorElement.FLOAT32);
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 10_000; i++) {
      // Two far clusters give all levels there are; within one, rows differ by less than a level.
      float[] vector = new float[192];
      for (int j = 0; j < 192; j++) {
        vector[j] = (i % 2 == 0 ? 1 : -1) * (j % 2 == 0 ? 1 : -1) + .004f * random.nextFloat();
      }
      fine.add(vector);
    }

    assertThat(build(spread).walks()).isEqualTo("int4");
    assertThat(build(few).walks()).as("a small segment").isEqualTo("int8");
    assertThat(build(fine).walks()).as("rows too alike").isEqualTo("int8");
  }

  @Test
  void otherNumbersOfLinksBuildWholeGraphs() {
    OffHeapRows rows = new ClusteredVectors(13, 20, 24).rows(arena, 2_000, VectorElement.FLOAT32);
    for (int m : new int[] {4, 5, 12, 33, 64}) {
      HnswIndex index =
          new HnswBuilder(
                  rows,
                  new IndexSpec.Hnsw("i", "v", DistanceMetric.L2, m, 64, Quantization.AUTO),
                  1,
                  1)
              .build(arena, BuildProgress.IGNORED);
      index.verify();

      assertThat(index.search(DenseQuery.of(rows.vector(77), 1, 50)).rows()).containsExactly(77);
    }
  }

  private static List<Integer> list(NearestRows found) {
    return IntStream.of(found.rows()).boxed().toList();
  }

  private HnswIndex build(VectorRows rows) {
    return build(rows, DistanceMetric.COSINE, Quantization.AUTO, 1);
  }

  private HnswIndex build(
      VectorRows rows, DistanceMetric metric, Quantization quantization, int threads) {
    return new HnswBuilder(rows, spec(metric, quantization), 42, threads)
        .build(arena, BuildProgress.IGNORED);
  }

  private static IndexSpec.Hnsw spec(DistanceMetric metric, Quantization quantization) {
    return new IndexSpec.Hnsw("i", "v", metric, 16, 100, quantization);
  }
}
