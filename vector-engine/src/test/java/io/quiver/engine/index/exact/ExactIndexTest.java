package io.quiver.engine.index.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.ExpectedDistance;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.SearchMode;
import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.SearchStoppedException;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExactIndexTest {
  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void freeRows() {
    arena.close();
  }

  @ParameterizedTest
  @EnumSource
  void findsWhatSortingAllRowsFinds(DistanceMetric metric) {
    for (VectorElement element : VectorElement.values()) {
      for (int dimension : new int[] {1, 3, 17, 100}) {
        OffHeapRows rows = OffHeapRows.chunked(arena, 500, dimension, element, 6);
        SplittableRandom random = new SplittableRandom(dimension);
        for (int i = 0; i < 500; i++) {
          rows.add(vector(random, dimension));
        }
        float[] query = vector(random, dimension);

        NearestRows found = new ExactIndex(rows, 500, metric).search(DenseQuery.of(query, 20, 1));

        double[] distances =
            IntStream.range(0, 500)
                .mapToDouble(row -> ExpectedDistance.of(metric, query, rows.vector(row)))
                .toArray();
        int[] sorted =
            IntStream.range(0, 500)
                .boxed()
                .sorted(
                    Comparator.comparingDouble((Integer row) -> distances[row])
                        .thenComparing(row -> row))
                .mapToInt(row -> row)
                .limit(20)
                .toArray();
        for (int i = 0; i < 20; i++) {
          assertThat(found.distances()[i]).isCloseTo(distances[sorted[i]], within(1e-9));
        }
        for (int row : found.rows()) {
          assertThat(distances[row]).isLessThanOrEqualTo(distances[sorted[19]] + 1e-9);
        }
      }
    }
  }

  @Test
  void equalDistancesComeByLowerRow() {
    float[][] same = new float[1000][];
    Arrays.fill(same, new float[] {1, 2, 3, 4, 5});
    OffHeapRows rows = OffHeapRows.of(arena, same);

    NearestRows found =
        new ExactIndex(rows, 1000, DistanceMetric.COSINE)
            .search(DenseQuery.of(new float[] {5, 4, 3, 2, 1}, 7, 1));

    assertThat(found.rows()).containsExactly(0, 1, 2, 3, 4, 5, 6);
  }

  @Test
  void noRowsGiveNothing() {
    OffHeapRows rows = OffHeapRows.flat(arena, 0, 4, VectorElement.FLOAT32);

    NearestRows found =
        new ExactIndex(rows, 0, DistanceMetric.L2).search(DenseQuery.of(new float[4], 10, 10));

    assertThat(found.rows()).isEmpty();
    assertThat(found.effort().mode()).isEqualTo(SearchMode.SCAN);
  }

  @Test
  void moreThanThereAreGivesAll() {
    OffHeapRows rows = OffHeapRows.of(arena, new float[] {3}, new float[] {1}, new float[] {2});

    NearestRows found =
        new ExactIndex(rows, 3, DistanceMetric.L2)
            .search(DenseQuery.of(new float[] {0}, 1_000_000_000, 10));

    assertThat(found.rows()).containsExactly(1, 2, 0);
    assertThat(found.distances()).containsExactly(1, 2, 3);
  }

  @Test
  void onlyRowsThatAreAllowedAndNotDeletedAndNotNullAreFound() {
    OffHeapRows rows = OffHeapRows.flat(arena, 6, 1, VectorElement.FLOAT32);
    rows.add(new float[] {0});
    rows.addNull();
    rows.add(new float[] {2});
    rows.add(new float[] {3});
    rows.add(new float[] {4});
    rows.add(new float[] {5});
    RowBitmap allowed = new RowBitmap(5);
    allowed.add(1);
    allowed.add(2);
    allowed.add(3);
    allowed.add(4);
    RowBitmap deleted = new RowBitmap(6);
    deleted.add(3);

    NearestRows found =
        new ExactIndex(rows, 6, DistanceMetric.L2)
            .search(DenseQuery.of(new float[] {0}, 10, 10).among(allowed, deleted));

    assertThat(found.rows()).containsExactly(2, 4);
  }

  @Test
  void zeroVectorsAreAtCosineDistanceOne() {
    OffHeapRows rows = OffHeapRows.of(arena, new float[] {0, 0}, new float[] {-1, 0});

    NearestRows found =
        new ExactIndex(rows, 2, DistanceMetric.COSINE)
            .search(DenseQuery.of(new float[] {1, 0}, 2, 2));

    assertThat(found.rows()).containsExactly(0, 1);
    assertThat(found.distances()).containsExactly(1, 2);
  }

  @Test
  void hugeAndTinyVectorsHaveTheirCosine() {
    OffHeapRows rows =
        OffHeapRows.of(
            arena, new float[] {1e30f, 0}, new float[] {1e-30f, 1e-30f}, new float[] {0, 3e38f});

    NearestRows found =
        new ExactIndex(rows, 3, DistanceMetric.COSINE)
            .search(DenseQuery.of(new float[] {1e35f, 0}, 3, 3));

    assertThat(found.rows()).containsExactly(0, 1, 2);
    assertThat(found.distances()[1]).isCloseTo(1 - Math.sqrt(.5), within(1e-6));
  }

  @Test
  void aCancelledSearchStops() {
    OffHeapRows rows = OffHeapRows.of(arena, new float[] {1});
    DenseQuery query =
        new DenseQuery(
            new float[] {1},
            1,
            1,
            null,
            null,
            () -> {
              throw new SearchStoppedException("Cancelled", false);
            });

    assertThatThrownBy(() -> new ExactIndex(rows, 1, DistanceMetric.L2).search(query))
        .isInstanceOf(SearchStoppedException.class);
  }

  private static float[] vector(SplittableRandom random, int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextDouble(-100, 100);
    }
    return vector;
  }
}
