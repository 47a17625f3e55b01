package io.quiver.engine.index.hnsw;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.index.DenseIndex;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.ExpectedDistance;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.exact.ExactIndex;
import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.quantize.RowCodes;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.StopSignal;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Input that is legal and awkward, of every type and metric, through every kind of codes, through
 * finished graphs, growing ones and scans: full answers, and right ones. Each is searched with k up
 * to 10,000, ef from 1 to 100,000, without a filter and with such that half, all and none pass.
 */
class HardInputTest {
  private static final int ROWS = 500;

  /** Pairs of k and ef. */
  private static final int[][] EFFORTS = {{1, 100}, {10, 1}, {10, 100}, {10, 100_000}, {10_000, 1}};

  private final Arena arena = Arena.ofShared();
  private final SplittableRandom random = new SplittableRandom(37);

  @AfterEach
  void freeRows() {
    arena.close();
  }

  @ParameterizedTest
  @EnumSource
  void oneDimension(VectorElement element) {
    check(element, ROWS, row -> new float[] {1 + row % 127}, .9);
  }

  @ParameterizedTest
  @EnumSource
  void theMostDimensions(VectorElement element) {
    check(element, 24, row -> noise(element, 16_384, 1), .9);
  }

  @ParameterizedTest
  @EnumSource
  void equalRows(VectorElement element) {
    check(element, ROWS, row -> new float[] {1, 2, 3, 4}, 1);
  }

  @ParameterizedTest
  @EnumSource
  void duplicatesByTheThousand(VectorElement element) {
    float[] twin = noise(element, 32, 1);
    check(element, 1_200, row -> row % 3 == 0 ? noise(element, 32, 1) : twin, .9);
  }

  @ParameterizedTest
  @EnumSource
  void oneRow(VectorElement element) {
    check(element, 1, row -> noise(element, 96, 1), 1);
  }

  @ParameterizedTest
  @EnumSource
  void noRows(VectorElement element) {
    for (DistanceMetric metric : DistanceMetric.values()) {
      for (DenseIndex index : indexes(OffHeapRows.flat(arena, 0, 96, element), metric)) {
        DenseQuery query = DenseQuery.of(noise(element, 96, 1), 10, 100);
        assertThat(index.search(query).rows()).isEmpty();
      }
    }
  }

  /** The smallest there are: their squares vanish in single precision. */
  @ParameterizedTest
  @EnumSource
  void denormalNumbers(VectorElement element) {
    float scale =
        switch (element) {
          case FLOAT32 -> 1e-41f;
          case FLOAT16 -> 1e-7f;
          case INT8 -> .02f;
        };
    check(element, ROWS, row -> noise(element, 32, scale), .9);
  }

  /** The largest there are: their squares overflow in single precision. */
  @ParameterizedTest
  @EnumSource
  void hugeNumbers(VectorElement element) {
    float scale =
        switch (element) {
          case FLOAT32 -> 1e36f;
          case FLOAT16 -> 10_000;
          case INT8 -> 3;
        };
    check(element, ROWS, row -> noise(element, 32, scale), .9);
  }

  /** Some rows are so large beside the others that their distances overflow. */
  @ParameterizedTest
  @EnumSource
  void hugeNumbersAmongOthers(VectorElement element) {
    float scale =
        switch (element) {
          case FLOAT32 -> 1e30f;
          case FLOAT16 -> 10_000;
          case INT8 -> 3;
        };
    check(element, ROWS, row -> noise(element, 32, row % 20 == 7 ? scale : 1), .9);
  }

  /** Every index there can be over some rows. */
  private List<DenseIndex> indexes(OffHeapRows rows, DistanceMetric metric) {
    List<DenseIndex> indexes = new ArrayList<>();
    for (Quantization quantization : Quantization.values()) {
      if (quantization == Quantization.NONE
          || quantization == Quantization.AUTO
          || RowCodes.serves(metric)) {
        HnswIndex index =
            new HnswBuilder(rows, spec(metric, quantization), 42, 1)
                .build(arena, BuildProgress.IGNORED);
        index.verify();
        indexes.add(index);
      }
    }
    GrowingIndex growing = new GrowingIndex(rows, spec(metric, Quantization.AUTO), 42, 1);
    growing.insert(rows.rows() * 9 / 10, StopSignal.NEVER);
    indexes.add(growing.over(rows.rows()));
    indexes.add(new ExactIndex(rows, rows.rows(), metric));
    return indexes;
  }

  private static IndexSpec.Hnsw spec(DistanceMetric metric, Quantization quantization) {
    return new IndexSpec.Hnsw("i", "v", metric, 8, 60, quantization);
  }

  private void check(
      VectorElement element, int count, IntFunction<float[]> vector, double recallLeast) {
    OffHeapRows rows = OffHeapRows.flat(arena, count, vector.apply(0).length, element);
    for (int row = 0; row < count; row++) {
      rows.add(vector.apply(row));
    }
    RowBitmap half = new RowBitmap(count);
    for (int row = 0; row < count; row += 2) {
      half.add(row);
    }
    RowBitmap[] filters = {null, half, RowBitmap.full(count), new RowBitmap(count)};
    for (DistanceMetric metric : DistanceMetric.values()) {
      List<DenseIndex> indexes = indexes(rows, metric);
      for (int i = 0; i < indexes.size(); i++) {
        boolean exact = i == indexes.size() - 1;
        String what = metric + ", index " + i;
        check(indexes.get(i), rows, metric, filters, exact ? 1 : recallLeast, what);
      }
    }
  }

  private void check(
      DenseIndex index,
      OffHeapRows rows,
      DistanceMetric metric,
      @Nullable RowBitmap[] filters,
      double recallLeast,
      String what) {
    int near = 0;
    int wanted = 0;
    float[] query = rows.vector(random.nextInt(rows.rows()));
    double[] distances =
        IntStream.range(0, rows.rows())
            .mapToDouble(row -> ExpectedDistance.of(metric, query, rows.vector(row)))
            .toArray();
    for (RowBitmap allowed : filters) {
      double[] sorted =
          IntStream.range(0, rows.rows())
              .filter(row -> allowed == null || allowed.contains(row))
              .mapToDouble(row -> distances[row])
              .sorted()
              .toArray();
      for (int[] effort : EFFORTS) {
        int size = Math.min(effort[0], sorted.length);
        DenseQuery asked = DenseQuery.of(query, effort[0], effort[1]).among(allowed, null);
        NearestRows found = index.search(asked);
        assertThat(found.rows()).as(what).hasSize(size).doesNotHaveDuplicates();
        assertThat(Arrays.stream(found.rows()))
            .as(what)
            .allMatch(row -> allowed == null || allowed.contains(row));
        assertThat(found.distances()).as(what).isSorted();
        if (effort[1] >= 100 && size > 0) {
          double bound = sorted[size - 1] + 1e-9 * Math.abs(sorted[size - 1]);
          near += (int) Arrays.stream(found.rows()).filter(r -> distances[r] <= bound).count();
          wanted += size;
        }
      }
    }
    assertThat((double) near).as(what).isGreaterThanOrEqualTo(recallLeast * wanted);
  }

  /** Components around {@code scale}; whole numbers around 30 times that for {@code INT8}. */
  private float[] noise(VectorElement element, int dimension, float scale) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      float component = (float) (scale * random.nextGaussian());
      vector[i] =
          switch (element) {
            case FLOAT32 -> component;
            case FLOAT16 -> Math.clamp(component, -65_504, 65_504);
            case INT8 -> Math.clamp(Math.round(30 * component), -127, 127);
          };
    }
    // No direction under cosine has only what is nowhere.
    vector[0] = vector[0] == 0 ? element == VectorElement.INT8 ? 1 : scale : vector[0];
    return vector;
  }
}
