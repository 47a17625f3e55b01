package io.quiver.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.exact.ExactIndex;
import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.RowBitmap;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Input that is legal and awkward, through every kind of codes: full answers, and right ones. */
class HardInputTest {
  private static final int ROWS = 1_500;

  private final Arena arena = Arena.ofShared();
  private final SplittableRandom random = new SplittableRandom(37);

  @AfterEach
  void freeRows() {
    arena.close();
  }

  @ParameterizedTest
  @EnumSource
  void oneDimension(Quantization quantization) {
    check(quantization, DistanceMetric.L2, ROWS, row -> new float[] {row}, .9);
  }

  @ParameterizedTest
  @EnumSource
  void theMostDimensions(Quantization quantization) {
    check(quantization, DistanceMetric.COSINE, 40, row -> noise(16_384, 1), .9);
  }

  @ParameterizedTest
  @EnumSource
  void equalRows(Quantization quantization) {
    check(quantization, DistanceMetric.L2, ROWS, row -> new float[] {1, 2, 3, 4}, 1);
  }

  @ParameterizedTest
  @EnumSource
  void duplicatesByTheThousand(Quantization quantization) {
    float[] twin = noise(32, 1);
    check(quantization, DistanceMetric.COSINE, ROWS, row -> row % 3 == 0 ? noise(32, 1) : twin, .9);
  }

  @ParameterizedTest
  @EnumSource
  void oneRowAndNone(Quantization quantization) {
    check(quantization, DistanceMetric.COSINE, 1, row -> noise(96, 1), 1);
    OffHeapRows none = OffHeapRows.flat(arena, 0, 96, VectorElement.FLOAT32);
    HnswIndex index = build(none, DistanceMetric.COSINE, quantization);

    assertThat(index.search(DenseQuery.of(noise(96, 1), 10, 100)).rows()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void denormalNumbers(Quantization quantization) {
    // Squares of such numbers are zero in single precision: every row is as near as the next.
    check(quantization, DistanceMetric.INNER_PRODUCT, ROWS, row -> noise(32, 1e-40f), 0);
  }

  @ParameterizedTest
  @EnumSource
  void hugeNumbers(Quantization quantization) {
    check(quantization, DistanceMetric.COSINE, ROWS, row -> noise(32, 1e15f), .9);
    check(quantization, DistanceMetric.L2, ROWS, row -> noise(32, 1e30f), 0);
  }

  /** Compares with exact search; where ranks overflow or vanish, only the number of rows. */
  private void check(
      Quantization quantization,
      DistanceMetric metric,
      int count,
      IntFunction<float[]> vector,
      double recallLeast) {
    OffHeapRows rows =
        OffHeapRows.flat(arena, count, vector.apply(0).length, VectorElement.FLOAT32);
    for (int row = 0; row < count; row++) {
      rows.add(vector.apply(row));
    }
    HnswIndex index = build(rows, metric, quantization);
    ExactIndex exact = new ExactIndex(rows, count, metric);
    index.verify();
    RowBitmap half = new RowBitmap(count);
    for (int row = 0; row < count; row += 2) {
      half.add(row);
    }
    int near = 0;
    int wanted = 0;
    for (int i = 0; i < 5; i++) {
      float[] query = rows.vector(random.nextInt(count));
      for (int k : new int[] {1, 10, 10_000}) {
        for (int ef : new int[] {1, 100, 100_000}) {
          for (RowBitmap allowed :
              new @Nullable RowBitmap[] {null, half, RowBitmap.full(count), new RowBitmap(count)}) {
            DenseQuery request = DenseQuery.of(query, k, ef).among(allowed, null);
            NearestRows found = index.search(request);
            NearestRows all = exact.search(request);
            assertThat(found.rows()).hasSize(all.size()).doesNotHaveDuplicates();
            assertThat(
                    Arrays.stream(found.rows())
                        .allMatch(r -> allowed == null || allowed.contains(r)))
                .isTrue();
            if (ef > 1 && all.size() > 0) {
              double bound = all.distances()[all.size() - 1];
              near += (int) Arrays.stream(found.distances()).filter(d -> d <= bound).count();
              wanted += all.size();
            }
          }
        }
      }
    }
    assertThat((double) near).isGreaterThanOrEqualTo(recallLeast * wanted);
  }

  private HnswIndex build(OffHeapRows rows, DistanceMetric metric, Quantization quantization) {
    return new HnswBuilder(rows, new IndexSpec.Hnsw("i", "v", metric, 16, 100, quantization), 42, 1)
        .build(arena, BuildProgress.IGNORED);
  }

  private float[] noise(int dimension, float scale) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) (scale * random.nextGaussian());
    }
    return vector;
  }
}
