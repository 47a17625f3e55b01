package io.quiver.engine.column;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.index.multivector.MultiVectorRows;
import io.quiver.engine.index.sparse.SparseRow;
import io.quiver.engine.io.LittleEndian;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.SparseVectorValue;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every column does, whichever way it keeps its values. */
abstract class ColumnContract {
  private static final long SEED = Long.getLong("quiver.seed", 7);

  final Arena arena = Arena.ofShared();

  @AfterEach
  void release() {
    arena.close();
  }

  /** A column of these values. */
  abstract Column column(ColumnType type, List<@Nullable Object> values);

  static Stream<ColumnType> types() {
    return RandomValues.types().stream();
  }

  private static List<@Nullable Object> values(ColumnType type, int size, double nulls) {
    return RandomValues.list(type, size, nulls, new Random(SEED));
  }

  static void assertHolds(Column column, List<@Nullable Object> values) {
    assertThat(column.rows()).isEqualTo(values.size());
    for (int row = 0; row < values.size(); row++) {
      Object value = values.get(row);
      if (column.isNull(row) != (value == null) || !Objects.deepEquals(column.value(row), value)) {
        assertThat(column.value(row)).as("row %s, seed %s", row, SEED).isEqualTo(value);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void rowsGiveBackTheirValues(ColumnType type) {
    for (int size : new int[] {1, 63, 64, 65, 1029, 4100}) {
      for (double nulls : new double[] {0, 0.3}) {
        List<@Nullable Object> values = values(type, size, nulls);
        assertHolds(column(type, values), values);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void columnsMayBeEmptyOrAllNull(ColumnType type) {
    assertHolds(column(type, List.of()), List.of());
    List<@Nullable Object> nulls = Collections.nCopies(130, null);
    assertHolds(column(type, nulls), nulls);
  }

  @ParameterizedTest
  @MethodSource("types")
  void typedAccessAgreesWithValues(ColumnType type) {
    List<@Nullable Object> values = values(type, 3000, 0.2);
    Column column = column(type, values);
    for (int row = 0; row < values.size(); row++) {
      Object value = values.get(row);
      switch (column) {
        case LongColumn longs -> {
          ColumnType.Scalar scalar = (ColumnType.Scalar) type;
          long expected = value == null ? 0 : ScalarCodec.toLong(scalar.kind(), value);
          assertThat(longs.longAt(row)).isEqualTo(expected);
        }
        case DoubleColumn doubles ->
            assertThat((Double) doubles.doubleAt(row))
                .isEqualTo((Double) (value == null ? 0.0 : ((Number) value).doubleValue()));
        case DenseColumn dense -> assertDense(dense, row, (float[]) value);
        case SparseColumn sparse -> {
          SparseRow read = new SparseRow();
          sparse.read(row, read);
          int[] expected = value == null ? new int[0] : ((SparseVectorValue) value).indices();
          assertThat(Arrays.copyOf(read.indices(), read.size())).isEqualTo(expected);
        }
        case MultiVectorColumn multi -> assertMulti(multi, row, (float[][]) value);
        default -> assertThat(value == null).isEqualTo(column.isNull(row));
      }
    }
  }

  private static void assertDense(DenseColumn column, int row, float @Nullable [] value) {
    float[] read = new float[column.dimension()];
    column.read(row, read);
    float[] expected = value == null ? new float[read.length] : value;
    assertThat(read).isEqualTo(expected);
    double sum = 0;
    for (float component : expected) {
      sum += (double) component * component;
    }
    float inverse = sum == 0 ? 0 : (float) (1 / Math.sqrt(sum));
    assertThat(column.inverseNorm(row)).isEqualTo(inverse);
    long end = column.offset(row) + column.stride();
    assertThat(column.chunk(row >>> column.chunkShift()).byteSize()).isGreaterThanOrEqualTo(end);
  }

  private static void assertMulti(MultiVectorRows column, int row, float @Nullable [][] value) {
    int tokens = value == null ? 0 : value.length;
    assertThat(column.tokens(row)).isEqualTo(tokens);
    if (value != null && tokens > 1) {
      long second = column.offset(row) + 2L * column.dimension();
      for (int i = 0; i < column.dimension(); i++) {
        short half = column.segment(row).get(LittleEndian.SHORT, second + 2L * i);
        assertThat(Float.float16ToFloat(half)).isEqualTo(value[1][i]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void bulkReadsAgreeWithSingleOnes(ColumnType type) {
    List<@Nullable Object> values = values(type, 1100, 0.2);
    Column column = column(type, values);
    if (column instanceof LongColumn longs) {
      long[] read = new long[200];
      longs.read(900, 200, read);
      for (int i = 0; i < 200; i++) {
        assertThat(read[i]).isEqualTo(longs.longAt(900 + i));
      }
    }
    if (column instanceof DoubleColumn doubles) {
      double[] read = new double[200];
      doubles.read(900, 200, read);
      for (int i = 0; i < 200; i++) {
        assertThat((Double) read[i]).isEqualTo((Double) doubles.doubleAt(900 + i));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void largeValuesAreKept(ColumnType type) {
    Object large =
        switch (type) {
          case ColumnType.Scalar scalar ->
              switch (scalar.kind()) {
                case STRING -> "ü".repeat(2_000_000);
                case BINARY -> new byte[3_000_000];
                case BOOLEAN, INT32, INT64, FLOAT32, FLOAT64, DECIMAL, UUID -> null;
              };
          case ColumnType.TextArray array -> Collections.nCopies(9_000, "w").toArray(String[]::new);
          case ColumnType.MultiVector multi -> new float[5_000][multi.dimension()];
          case ColumnType.SparseVector sparse -> {
            float[] weights = new float[sparse.dimension()];
            Arrays.fill(weights, 1.5f);
            yield new SparseVectorValue(
                java.util.stream.IntStream.range(0, weights.length).toArray(), weights);
          }
          case ColumnType.DenseVector dense -> null;
        };
    List<@Nullable Object> values = new java.util.ArrayList<>(values(type, 5, 0));
    values.add(large);
    values.addAll(values(type, 5, 0));
    assertHolds(column(type, values), values);
  }

  @ParameterizedTest
  @MethodSource("types")
  void rowsAreAlignedForTheKernels(ColumnType type) {
    if (column(type, values(type, 40, 0)) instanceof DenseColumn dense) {
      int bytes = dense.dimension() * dense.element().bytes();
      assertThat(dense.stride()).isGreaterThanOrEqualTo(Math.max(16, bytes));
      for (int row = 0; row < 40; row++) {
        long address = dense.chunk(row >>> dense.chunkShift()).address() + dense.offset(row);
        assertThat(address % Math.min(64, dense.stride())).isZero();
      }
      assertThat(dense.element()).isIn((Object[]) VectorElement.values());
    }
  }
}
