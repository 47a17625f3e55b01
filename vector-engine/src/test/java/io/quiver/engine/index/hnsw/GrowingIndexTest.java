package io.quiver.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.index.ClusteredVectors;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.Recall;
import io.quiver.engine.index.SearchMode;
import io.quiver.engine.index.exact.ExactIndex;
import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.StopSignal;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A graph that rows are inserted into while it is searched. */
class GrowingIndexTest {
  private static final int ROWS = 5_000;
  private static final int DIMENSION = 32;

  private final Arena arena = Arena.ofShared();
  private final ClusteredVectors vectors = new ClusteredVectors(17, 100, DIMENSION);

  @AfterEach
  void freeRows() {
    arena.close();
  }

  private static IndexSpec.Hnsw spec(DistanceMetric metric) {
    return new IndexSpec.Hnsw("i", "v", metric, 16, 100, Quantization.AUTO);
  }

  /** In chunks, as a memtable has them; every 50th row has no vector. */
  private OffHeapRows rows(int count) {
    OffHeapRows rows = OffHeapRows.chunked(arena, count, DIMENSION, VectorElement.FLOAT32, 8);
    for (int i = 0; i < count; i++) {
      if (i % 50 == 49) {
        rows.addNull();
      } else {
        rows.add(vectors.next());
      }
    }
    return rows;
  }

  @ParameterizedTest
  @CsvSource({"COSINE, 1", "COSINE, 2", "L2, 1", "INNER_PRODUCT, 1", "L1, 1"})
  void findsWhatTheSnapshotSeesHoweverFarItHasGrown(DistanceMetric metric, int threads) {
    OffHeapRows rows = rows(ROWS);
    GrowingIndex index = new GrowingIndex(rows, spec(metric), 42, threads);
    SplittableRandom random = new SplittableRandom(3);
    Recall recall = new Recall();
    for (int linked : new int[] {1, 49, 600, 4_097, 4_900}) {
      index.insert(linked, StopSignal.NEVER);
      assertThat(index.linked()).isEqualTo(linked);
      for (int visible : new int[] {1, 50, 599, 4_000, 4_899, 4_900, ROWS}) {
        for (int kind = 0; kind < 4; kind++) {
          RowBitmap allowed = (kind & 1) == 0 ? null : share(visible, .4, random);
          RowBitmap deleted = (kind & 2) == 0 ? null : share(visible, .3, random);
          DenseQuery query = DenseQuery.of(vectors.next(), 10, 100).among(allowed, deleted);
          NearestRows found = index.over(visible).search(query);
          NearestRows wanted = new ExactIndex(rows, visible, metric).search(query);
          assertThat(found.rows())
              .as("%s linked, %s visible", linked, visible)
              .hasSize(wanted.size())
              .doesNotHaveDuplicates();
          for (int row : found.rows()) {
            assertThat(row).isLessThan(visible);
            assertThat(rows.isNull(row)).isFalse();
            assertThat(allowed == null || allowed.contains(row)).isTrue();
            assertThat(deleted == null || !deleted.contains(row)).isTrue();
          }
          assertThat(found.distances()).isSorted();
          recall.add(found, wanted);
        }
      }
    }
    assertThat(recall.value()).isGreaterThanOrEqualTo(metric == DistanceMetric.COSINE ? .99 : .98);
  }

  private static RowBitmap share(int rows, double share, SplittableRandom random) {
    RowBitmap bitmap = new RowBitmap(rows);
    for (int row = 0; row < rows; row++) {
      if (random.nextDouble() < share) {
        bitmap.add(row);
      }
    }
    return bitmap;
  }

  /** A large graph gets the rows of one commit, or of a part of one, at a time. */
  @ParameterizedTest
  @CsvSource({"2, 100", "2, 256", "2, 1000", "3, 150", "4, 256"})
  void allThreadsInsertTheRowsOfOneCommit(int threads, int committed) {
    int before = HnswBuilder.ROWS_ALONE;
    MetRows rows = new MetRows(rows(before + committed));
    IndexSpec.Hnsw plain =
        new IndexSpec.Hnsw("i", "v", DistanceMetric.COSINE, 16, 100, Quantization.NONE);
    GrowingIndex index = new GrowingIndex(rows, plain, 42, threads);
    index.insert(before, StopSignal.NEVER);
    rows.expect(threads);
    index.insert(before + committed, StopSignal.NEVER);
    assertThat(rows.readers()).hasSize(threads).contains(Thread.currentThread());
    assertThat(index.linked()).isEqualTo(before + committed);
  }

  @Test
  void walksOnceThereAreManyRowsAndScansTheRest() {
    OffHeapRows rows = OffHeapRows.flat(arena, 20_000, 8, VectorElement.FLOAT32);
    ClusteredVectors small = new ClusteredVectors(2, 300, 8);
    for (int i = 0; i < 20_000; i++) {
      rows.add(small.next());
    }
    GrowingIndex index = new GrowingIndex(rows, spec(DistanceMetric.L2), 42, 1);
    index.insert(19_000, StopSignal.NEVER);
    NearestRows found = index.over(20_000).search(DenseQuery.of(small.next(), 10, 50));
    assertThat(found.effort().mode()).isEqualTo(SearchMode.GRAPH);
    assertThat(found.effort().qualifying()).isEqualTo(20_000);
    assertThat(found.effort().distanceEvaluations()).isBetween(1_000L, 5_000L);
  }

  @Test
  void searchesWhileRowsAreInsertedSeeNoneTwiceAndNoneThatAreNotTheirs() throws Exception {
    OffHeapRows rows = rows(ROWS);
    GrowingIndex index = new GrowingIndex(rows, spec(DistanceMetric.COSINE), 42, 2);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread inserting =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    for (int to = 1; to <= ROWS; to += 13) {
                      index.insert(to, StopSignal.NEVER);
                    }
                    index.insert(ROWS, StopSignal.NEVER);
                  } catch (RuntimeException | Error e) {
                    failure.set(e);
                  }
                });
    SplittableRandom random = new SplittableRandom(9);
    Recall recall = new Recall();
    boolean more = true;
    while (more) {
      more = inserting.isAlive();
      int visible = Math.clamp(index.linked() + random.nextInt(-20, 200), 1, ROWS);
      DenseQuery query = DenseQuery.of(vectors.next(), 10, 100);
      NearestRows found = index.over(visible).search(query);
      NearestRows wanted = new ExactIndex(rows, visible, DistanceMetric.COSINE).search(query);
      assertThat(found.rows()).hasSize(wanted.size()).doesNotHaveDuplicates();
      for (int row : found.rows()) {
        assertThat(row).isLessThan(visible);
      }
      recall.add(found, wanted);
    }
    inserting.join();
    assertThat(failure.get()).isNull();
    assertThat(index.linked()).isEqualTo(ROWS);
    assertThat(recall.value()).isGreaterThanOrEqualTo(.99);
  }

  /** Codes learnt from the first rows do not fit the others. */
  @Test
  void rowsUnlikeThoseBeforeAreFoundAsWell() {
    OffHeapRows rows = OffHeapRows.flat(arena, ROWS, DIMENSION, VectorElement.FLOAT32);
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < ROWS; i++) {
      float[] vector = new float[DIMENSION];
      for (int d = 0; d < DIMENSION; d++) {
        vector[d] = (float) ((i < 1_000 && d > 0 ? .01 : 1) * random.nextGaussian());
      }
      vector[0] = i < 1_000 ? 1 : vector[0];
      rows.add(vector);
    }
    GrowingIndex index = new GrowingIndex(rows, spec(DistanceMetric.COSINE), 42, 1);
    // Step by step, as commits come.
    for (int to = 1_000; to <= ROWS; to += 500) {
      index.insert(to, StopSignal.NEVER);
    }
    HnswIndex mapped = sealed(rows, index);
    Recall growing = new Recall();
    Recall sealed = new Recall();
    for (int i = 0; i < 100; i++) {
      DenseQuery query = DenseQuery.of(rows.vector(1_000 + random.nextInt(ROWS - 1_000)), 10, 200);
      NearestRows wanted = new ExactIndex(rows, ROWS, DistanceMetric.COSINE).search(query);
      growing.add(index.over(ROWS).search(query), wanted);
      sealed.add(mapped.search(query), wanted);
    }
    assertThat(growing.value()).isGreaterThanOrEqualTo(.9);
    assertThat(sealed.value()).isGreaterThanOrEqualTo(.9);
  }

  private HnswIndex sealed(OffHeapRows rows, GrowingIndex growing) {
    int[] same = new int[rows.rows()];
    for (int row = 0; row < same.length; row++) {
      same[row] = row;
    }
    HnswIndex index =
        new HnswBuilder(rows, growing.spec(), 42, 1, List.of(growing.former(same)))
            .build(arena, BuildProgress.IGNORED);
    index.verify();
    return index;
  }

  @Test
  void sealingTakesTheGraphOverWithRowsItHasNotYet() {
    OffHeapRows rows = rows(3_000);
    GrowingIndex index = new GrowingIndex(rows, spec(DistanceMetric.COSINE), 42, 1);
    index.insert(2_500, StopSignal.NEVER);
    HnswIndex sealed = sealed(rows, index);
    index.insert(2_700, StopSignal.NEVER);
    assertThat(index.isOpen()).isFalse();
    assertThat(index.linked()).isEqualTo(2_500);
    Recall recall = new Recall();
    for (int i = 0; i < 50; i++) {
      DenseQuery query = DenseQuery.of(vectors.next(), 10, 100);
      recall.add(
          sealed.search(query), new ExactIndex(rows, 3_000, DistanceMetric.COSINE).search(query));
    }
    assertThat(recall.value()).isGreaterThanOrEqualTo(.99);
  }

  @Test
  void rowsWithoutVectorsAloneMakeAnEmptyGraph() {
    OffHeapRows rows = OffHeapRows.flat(arena, 200, DIMENSION, VectorElement.FLOAT32);
    for (int i = 0; i < 200; i++) {
      rows.addNull();
    }
    GrowingIndex index = new GrowingIndex(rows, spec(DistanceMetric.COSINE), 42, 1);
    index.insert(150, StopSignal.NEVER);
    assertThat(index.over(200).search(DenseQuery.of(vectors.next(), 10, 100)).size()).isZero();
    assertThat(sealed(rows, index).search(DenseQuery.of(vectors.next(), 10, 100)).size()).isZero();
  }
}
