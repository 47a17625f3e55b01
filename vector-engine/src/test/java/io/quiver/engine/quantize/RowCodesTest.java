package io.quiver.engine.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.CorruptDataException;
import io.quiver.engine.index.ClusteredVectors;
import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.kernel.VectorScorer;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RowCodesTest {
  private static final int ROWS = 2_000;

  private final Arena arena = Arena.ofConfined();
  private final SplittableRandom random = new SplittableRandom(23);

  @AfterEach
  void freeRows() {
    arena.close();
  }

  @ParameterizedTest
  @CsvSource({
    "INT8, COSINE, 96",
    "INT8, L2, 96",
    "INT8, INNER_PRODUCT, 96",
    "INT8, COSINE, 7",
    "INT4, COSINE, 96",
    "INT4, L2, 96",
    "INT4, INNER_PRODUCT, 96",
    "INT4, L2, 7",
    "INT4, L2, 385",
    "BIT, COSINE, 96",
    "BIT, L2, 96",
    "BIT, INNER_PRODUCT, 96",
    "BIT, L2, 385"
  })
  void theNearestAreOnTheShortlist(Quantization kind, DistanceMetric metric, int dimension) {
    OffHeapRows rows =
        new ClusteredVectors(11, 64, dimension).rows(arena, ROWS, VectorElement.FLOAT32);
    RowCodes written = RowCodes.encode(kind, rows, metric, arena);
    RowCodes codes = RowCodes.map(kind, written.image());
    RowScorer byCodes = codes.forQueries();
    VectorScorer full = new VectorScorer(rows, metric);
    int k = 10;
    int found = 0;
    for (int i = 0; i < 20; i++) {
      float[] query = rows.vector(i * 97);
      for (int j = 0; j < dimension; j++) {
        query[j] += (float) (.1 * random.nextGaussian() * query[j]);
      }
      byCodes.query(query);
      full.query(query);
      var shortlist =
          Arrays.stream(order(ranks(byCodes))).limit(codes.shortlist(k)).boxed().toList();
      found += (int) Arrays.stream(order(ranks(full))).limit(k).filter(shortlist::contains).count();
    }
    assertThat(found).isGreaterThanOrEqualTo(kind == Quantization.BIT ? 170 : 196);
  }

  private static int[] order(float[] ranks) {
    return IntStream.range(0, ROWS)
        .boxed()
        .sorted(Comparator.comparingDouble(row -> ranks[row]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static float[] ranks(RowScorer scorer) {
    float[] ranks = new float[ROWS + RowScorer.SLACK];
    scorer.ranks(IntStream.range(0, ROWS).toArray(), ROWS, ranks);
    return ranks;
  }

  @ParameterizedTest
  @EnumSource(names = {"INT8", "INT4", "BIT"})
  void zerosEqualRowsAndNoRowsAreEncoded(Quantization kind) {
    OffHeapRows none = OffHeapRows.flat(arena, 0, 3, VectorElement.FLOAT32);
    OffHeapRows equal = OffHeapRows.of(arena, new float[3], new float[3], new float[3]);
    for (DistanceMetric metric : DistanceMetric.values()) {
      if (RowCodes.serves(metric)) {
        assertThat(RowCodes.encode(kind, none, metric, arena).rows()).isZero();
        RowScorer scorer = RowCodes.encode(kind, equal, metric, arena).forQueries();
        scorer.query(new float[] {1, 2, 3});
        float[] ranks = new float[3 + RowScorer.SLACK];
        scorer.ranks(new int[] {0, 1, 2}, 3, ranks);

        assertThat(ranks[0]).isFinite().isEqualTo(ranks[1]).isEqualTo(ranks[2]);
      }
    }
  }

  @Test
  void smallerCodesTakeLessRoom() {
    OffHeapRows rows = new ClusteredVectors(1, 64, 384).rows(arena, ROWS, VectorElement.FLOAT32);

    assertThat(RowCodes.encode(Quantization.INT8, rows, DistanceMetric.COSINE, arena).byteSize())
        .isEqualTo(64 + 4 * 384 + 384 * ROWS);
    assertThat(RowCodes.encode(Quantization.INT4, rows, DistanceMetric.COSINE, arena).byteSize())
        .isEqualTo(64 + 8 * 384 + 192 * ROWS);
    assertThat(RowCodes.encode(Quantization.BIT, rows, DistanceMetric.COSINE, arena).byteSize())
        .isEqualTo(64 + 4 * 384 + 64 * ROWS);
  }

  @ParameterizedTest
  @EnumSource(names = {"INT8", "INT4", "BIT"})
  void codesOfAnotherShapeAreRefused(Quantization kind) {
    OffHeapRows rows = new ClusteredVectors(1, 64, 8).rows(arena, ROWS, VectorElement.FLOAT32);
    MemorySegment image = RowCodes.encode(kind, rows, DistanceMetric.L2, arena).image();
    String name = kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT);

    assertThatThrownBy(() -> RowCodes.map(kind, image.asSlice(0, image.byteSize() - 1)))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage(name + " codes of 2000 rows of dimension 8 do not fit their header");
    image.set(CodeHeader.LONG, 0, 1);
    assertThatThrownBy(() -> RowCodes.map(kind, image))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage(name + " codes do not begin with their mark");
    assertThatThrownBy(() -> RowCodes.encode(kind, rows, DistanceMetric.L1, arena))
        .hasMessage(name + " codes do not serve L1");
  }
}
