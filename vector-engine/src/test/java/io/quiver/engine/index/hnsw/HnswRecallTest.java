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
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Floors of recall@10 at ef 100 over 8,000 clustered vectors. They change with a reason only. */
class HnswRecallTest {
  private static final int ROWS = 8_000;
  private static final int QUERIES = 100;

  private final Arena arena = Arena.ofShared();

  @AfterEach
  void freeRows() {
    arena.close();
  }

  @ParameterizedTest
  @CsvSource({
    "COSINE, FLOAT32, NONE, .99",
    "COSINE, FLOAT32, INT8, .99",
    "COSINE, FLOAT32, INT4, .99",
    "COSINE, FLOAT32, BIT, .9",
    "COSINE, FLOAT16, INT8, .99",
    "COSINE, INT8, NONE, .99",
    "L2, FLOAT32, NONE, .99",
    "L2, FLOAT32, INT8, .99",
    "L2, FLOAT32, INT4, .99",
    "L2, FLOAT16, NONE, .99",
    "L2, INT8, INT8, .99",
    "INNER_PRODUCT, FLOAT32, NONE, .97",
    "INNER_PRODUCT, FLOAT32, INT8, .97",
    "INNER_PRODUCT, FLOAT32, INT4, .97",
    "L1, FLOAT32, NONE, .99",
    "L1, INT8, AUTO, .99"
  })
  void recallIsAboveItsFloor(
      DistanceMetric metric, VectorElement element, Quantization quantization, double floor) {
    ClusteredVectors vectors = new ClusteredVectors(31, 100, 48);
    OffHeapRows rows = vectors.rows(arena, ROWS, element);
    HnswIndex index =
        new HnswBuilder(rows, new IndexSpec.Hnsw("i", "v", metric, 16, 100, quantization), 42, 1)
            .build(arena, BuildProgress.IGNORED);
    index.verify();
    ExactIndex exact = new ExactIndex(rows, ROWS, metric);
    SplittableRandom random = new SplittableRandom(5);

    assertThat(recall(index, exact, vectors, element, 1, 0, random))
        .as("unfiltered")
        .isGreaterThanOrEqualTo(floor);
    for (double share : new double[] {.5, .1, .01, .001}) {
      assertThat(recall(index, exact, vectors, element, share, 0, random))
          .as("filtered to %s", share)
          .isGreaterThanOrEqualTo(floor);
    }
    for (double deleted : new double[] {.05, .4}) {
      assertThat(recall(index, exact, vectors, element, 1, deleted, random))
          .as("%s deleted", deleted)
          .isGreaterThanOrEqualTo(floor);
    }
  }

  private static double recall(
      HnswIndex index,
      ExactIndex exact,
      ClusteredVectors vectors,
      VectorElement element,
      double allowedShare,
      double deletedShare,
      SplittableRandom random) {
    Recall recall = new Recall();
    RowBitmap allowed = allowedShare == 1 ? null : share(allowedShare, random);
    RowBitmap deleted = deletedShare == 0 ? null : share(deletedShare, random);
    for (int i = 0; i < QUERIES; i++) {
      float[] vector = ClusteredVectors.scaled(vectors.next(), element);
      DenseQuery query = DenseQuery.of(vector, 10, 100).among(allowed, deleted);
      NearestRows found = index.search(query);
      NearestRows wanted = exact.search(query);
      assertThat(found.rows()).hasSize(wanted.size()).doesNotHaveDuplicates();
      if (allowed == null && deleted == null) {
        assertThat(found.effort().mode()).isEqualTo(SearchMode.GRAPH);
      }
      recall.add(found, wanted);
    }
    return recall.value();
  }

  private static RowBitmap share(double share, SplittableRandom random) {
    RowBitmap rows = new RowBitmap(ROWS);
    for (int row = 0; row < ROWS; row++) {
      if (random.nextDouble() < share) {
        rows.add(row);
      }
    }
    return rows;
  }
}
