package io.quiver.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every set of kernels promises: the sums a {@code double} loop gives, within rounding. */
abstract class DistanceKernelsContract {
  /** Of the sum of the magnitudes added up: 2^-24 a rounding, thousands of them in a row. */
  private static final double TOLERANCE = 2e-5;

  private static final int[] DIMENSIONS = {
    1, 2, 3, 5, 8, 15, 16, 17, 31, 33, 63, 64, 65, 100, 127, 384, 385, 1023, 1536, 16_383, 16_384
  };
  private static final int ROWS = 15;

  private final SplittableRandom random = new SplittableRandom(Long.getLong("quiver.seed", 11));
  private final Arena arena = Arena.ofConfined();

  abstract DistanceKernels kernels();

  @AfterEach
  void freeRows() {
    arena.close();
  }

  @ParameterizedTest
  @EnumSource
  void sumsEqualThoseOfDoubles(VectorElement element) {
    for (int dimension : DIMENSIONS) {
      check(element, rows(element, dimension, 1), query(dimension, 1), 1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT16"})
  void tinyValuesKeepTheirSums(VectorElement element) {
    double tiny = element == VectorElement.FLOAT32 ? 1e-40 : 1e-7;
    for (int dimension : new int[] {1, 7, 64, 131}) {
      check(element, rows(element, dimension, tiny), query(dimension, 1), tiny);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT16"})
  void hugeValuesKeepTheirSums(VectorElement element) {
    double huge = element == VectorElement.FLOAT32 ? 1e17 : 6e4;
    for (int dimension : new int[] {1, 7, 64, 131}) {
      check(element, rows(element, dimension, huge), query(dimension, huge), huge);
    }
  }

  @Test
  void aSumBeyondTheRangeOfAFloatIsInfiniteAndNotLess() {
    MemorySegment row = arena.allocate(64L * 4);
    float[] query = new float[64];
    for (int i = 0; i < 64; i++) {
      set(row, VectorElement.FLOAT32, i, 1e30);
      query[i] = -1e30f;
    }
    RowKernels kernels = kernels().rows(VectorElement.FLOAT32);

    assertThat(kernels.dot(query, row, 0, 64)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(kernels.squaredL2(query, row, 0, 64)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @EnumSource
  void equalRowsGetEqualDistancesWhereverTheyStandInABatch(VectorElement element) {
    int dimension = 77;
    MemorySegment row = rows(element, dimension, 1).data();
    float[] query = query(dimension, 1);
    RowKernels kernels = kernels().rows(element);
    for (int count = 1; count <= ROWS; count++) {
      float[] dots = new float[ROWS + RowKernels.STEP];
      float[] squares = new float[ROWS + RowKernels.STEP];
      float[] sums = new float[ROWS + RowKernels.STEP];
      kernels.dots(query, row, new long[ROWS + RowKernels.STEP], count, dimension, dots, 0);
      kernels.squaredL2s(
          query, row, new long[ROWS + RowKernels.STEP], count, dimension, squares, 0);
      kernels.l1s(query, row, new long[ROWS + RowKernels.STEP], count, dimension, sums, 0);
      for (int i = 1; i < count; i++) {
        // The order in which lanes are added is the compiler's to choose, so a call that was
        // compiled in the meantime may differ in the last digit.
        assertThat(dots[i]).isCloseTo(dots[0], withPercentage(1e-4));
        assertThat(squares[i]).isCloseTo(squares[0], withPercentage(1e-4));
        assertThat(sums[i]).isCloseTo(sums[0], withPercentage(1e-4));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBatchWritesOnlyItsOwnPlacesAndThePadding(VectorElement element) {
    Rows rows = rows(element, 9, 1);
    float[] out = new float[4 + RowKernels.STEP];
    out[0] = 5;
    out[1] = 6;
    long[] offsets = new long[4 + RowKernels.STEP];
    offsets[0] = rows.offset(1);

    kernels().rows(element).dots(query(9, 1), rows.data(), offsets, 1, 9, out, 2);

    assertThat(out[0]).isEqualTo(5);
    assertThat(out[1]).isEqualTo(6);
  }

  @ParameterizedTest
  @EnumSource
  void decodedRowsHoldTheValuesStored(VectorElement element) {
    for (int dimension : DIMENSIONS) {
      Rows rows = rows(element, dimension, 1);
      float[] into = new float[dimension];
      kernels().rows(element).decode(rows.data(), rows.offset(2), dimension, into);
      for (int i = 0; i < dimension; i++) {
        assertThat((double) into[i]).isEqualTo(value(rows, 2, i));
      }
    }
  }

  private void check(VectorElement element, Rows rows, float[] query, double magnitude) {
    int dimension = query.length;
    RowKernels kernels = kernels().rows(element);
    long[] offsets = new long[ROWS + RowKernels.STEP];
    for (int row = 0; row < ROWS; row++) {
      offsets[row] = rows.offset(row);
    }
    MemorySegment data = rows.data();
    float[] dots = new float[ROWS + RowKernels.STEP];
    float[] squares = new float[ROWS + RowKernels.STEP];
    float[] sums = new float[ROWS + RowKernels.STEP];
    kernels.dots(query, data, offsets, ROWS, dimension, dots, 0);
    kernels.squaredL2s(query, data, offsets, ROWS, dimension, squares, 0);
    kernels.l1s(query, data, offsets, ROWS, dimension, sums, 0);
    for (int row = 0; row < ROWS; row++) {
      Sums wanted = new Sums();
      Sums pair = new Sums();
      Sums norm = new Sums();
      for (int i = 0; i < dimension; i++) {
        wanted.add(query[i], value(rows, row, i));
        pair.add(value(rows, 0, i), value(rows, row, i));
        norm.add(value(rows, row, i), value(rows, row, i));
      }
      String what = element + " " + dimension + " " + magnitude + " row " + row;
      near(what, dots[row], wanted.dot, wanted.absoluteDot);
      near(what, squares[row], wanted.squaredL2, wanted.squaredL2);
      near(what, sums[row], wanted.l1, wanted.l1);
      long offset = offsets[row];
      near(what, kernels.dot(query, data, offset, dimension), wanted.dot, wanted.absoluteDot);
      near(
          what,
          kernels.squaredL2(query, data, offset, dimension),
          wanted.squaredL2,
          wanted.squaredL2);
      near(what, kernels.l1(query, data, offset, dimension), wanted.l1, wanted.l1);
      near(what, kernels.squaredNorm(data, offset, dimension), norm.dot, norm.dot);
      near(what, kernels.pairDot(data, 0, data, offset, dimension), pair.dot, pair.absoluteDot);
      near(
          what,
          kernels.pairSquaredL2(data, 0, data, offset, dimension),
          pair.squaredL2,
          pair.squaredL2);
      near(what, kernels.pairL1(data, 0, data, offset, dimension), pair.l1, pair.l1);
    }
  }

  private static void near(String what, float actual, double wanted, double magnitude) {
    double denormalSteps = 40_000 * (double) Float.MIN_VALUE;
    assertThat((double) actual)
        .as(what)
        .isCloseTo(wanted, within(TOLERANCE * magnitude + denormalSteps));
  }

  private record Rows(MemorySegment data, int stride, VectorElement element) {
    long offset(int row) {
      return (long) row * stride;
    }
  }

  private static final class Sums {
    double dot;
    double absoluteDot;
    double squaredL2;
    double l1;

    void add(double a, double b) {
      dot += a * b;
      absoluteDot += Math.abs(a * b);
      squaredL2 += (a - b) * (a - b);
      l1 += Math.abs(a - b);
    }
  }

  private float[] query(int dimension, double magnitude) {
    float[] query = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      query[i] = (float) (magnitude * random.nextDouble(-1, 1));
    }
    return query;
  }

  /** Rows one byte off any alignment, with a gap between them. */
  private Rows rows(VectorElement element, int dimension, double magnitude) {
    int stride = dimension * element.bytes() + 3;
    MemorySegment data = arena.allocate((long) ROWS * stride + 1).asSlice(1);
    for (int row = 0; row < ROWS; row++) {
      MemorySegment one = data.asSlice((long) row * stride, stride);
      for (int i = 0; i < dimension; i++) {
        set(one, element, i, magnitude * random.nextDouble(-1, 1));
      }
    }
    return new Rows(data, stride, element);
  }

  private static void set(MemorySegment row, VectorElement element, int i, double value) {
    ByteOrder little = ByteOrder.LITTLE_ENDIAN;
    switch (element) {
      case FLOAT32 ->
          row.set(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(little), 4L * i, (float) value);
      case FLOAT16 ->
          row.set(
              ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(little),
              2L * i,
              Float.floatToFloat16((float) value));
      case INT8 -> row.set(ValueLayout.JAVA_BYTE, i, (byte) Math.round(127 * value));
    }
  }

  private static double value(Rows rows, int row, int i) {
    MemorySegment data = rows.data();
    long offset = rows.offset(row);
    ByteOrder little = ByteOrder.LITTLE_ENDIAN;
    return switch (rows.element()) {
      case FLOAT32 -> data.get(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(little), offset + 4L * i);
      case FLOAT16 ->
          Float.float16ToFloat(
              data.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(little), offset + 2L * i));
      case INT8 -> data.get(ValueLayout.JAVA_BYTE, offset + i);
    };
  }
}
