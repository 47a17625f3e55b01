package io.quiver.engine.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.kernel.VectorScorer;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Int8CodesTest {
  private static final int ROWS = 300;
  private static final int DIMENSION = 200;

  private final Arena arena = Arena.ofConfined();
  private final SplittableRandom random = new SplittableRandom(17);

  @AfterEach
  void freeRows() {
    arena.close();
  }

  @ParameterizedTest
  @CsvSource({"COSINE, 0", "COSINE, 3", "L2, 0", "L2, 3", "INNER_PRODUCT, 0", "INNER_PRODUCT, 1"})
  void differencesOfRanksAreThoseOfFullVectors(DistanceMetric metric, double offset) {
    OffHeapRows rows = rows(offset);
    RowScorer codes = Int8Scorer.forQueries(Int8Codes.encode(rows, metric, arena));
    VectorScorer full = new VectorScorer(rows, metric);
    float[] query = vector(offset);
    codes.query(query);
    full.query(query);

    assertSameDifferences(ranks(codes), ranks(full));
  }

  @ParameterizedTest
  @CsvSource({"COSINE, 3", "L2, 3", "INNER_PRODUCT, 1"})
  void pairsAreRankedAsFullVectorsAre(DistanceMetric metric, double offset) {
    OffHeapRows rows = rows(offset);
    Int8Codes codes = Int8Codes.encode(rows, metric, arena);
    Int8Scorer pairs = Int8Scorer.forPairs(codes, Int8Scorer.pairFactors(codes, arena));
    VectorScorer full = new VectorScorer(rows, metric);
    for (int row : new int[] {0, 5, 299}) {
      pairs.queryRow(row);
      full.queryRow(row);
      float[] ranks = ranks(full);
      if (metric == DistanceMetric.COSINE) {
        // Residuals are ranked by squared distance, which is twice what is missing to cosine 1.
        for (int i = 0; i < ROWS; i++) {
          ranks[i] *= 2;
        }
      }
      assertSameDifferences(ranks(pairs), ranks);
    }
  }

  @Test
  void aDimensionFarLargerThanTheOthersIsNotLost() {
    OffHeapRows rows = OffHeapRows.flat(arena, ROWS, DIMENSION, VectorElement.FLOAT32);
    for (int i = 0; i < ROWS; i++) {
      float[] vector = vector(0);
      vector[7] = 30 + (float) random.nextGaussian();
      rows.add(vector);
    }
    RowScorer codes = Int8Scorer.forQueries(Int8Codes.encode(rows, DistanceMetric.COSINE, arena));
    VectorScorer full = new VectorScorer(rows, DistanceMetric.COSINE);
    codes.query(rows.vector(3));
    full.query(rows.vector(3));

    assertSameDifferences(ranks(codes), ranks(full));
  }

  @Test
  void zerosAndEqualRowsAreEncoded() {
    OffHeapRows rows = OffHeapRows.of(arena, new float[3], new float[3], new float[3]);
    for (DistanceMetric metric : DistanceMetric.values()) {
      if (Int8Codes.serves(metric)) {
        RowScorer codes = Int8Scorer.forQueries(Int8Codes.encode(rows, metric, arena));
        codes.query(new float[] {1, 2, 3});
        float[] ranks = new float[3 + RowScorer.SLACK];
        codes.ranks(new int[] {0, 1, 2}, 3, ranks);

        assertThat(ranks[0]).isFinite().isEqualTo(ranks[1]).isEqualTo(ranks[2]);
      }
    }
  }

  @Test
  void sumsOfAbsoluteDifferencesAreNotServed() {
    assertThatThrownBy(() -> Int8Codes.encode(rows(0), DistanceMetric.L1, arena))
        .hasMessage("Int8 codes do not serve L1");
  }

  @Test
  void codesAreRoundedToTheNearest() {
    assertThat(Int8Encoder.code(.4f)).isZero();
    assertThat(Int8Encoder.code(.6f)).isEqualTo((byte) 1);
    assertThat(Int8Encoder.code(-.4f)).isZero();
    assertThat(Int8Encoder.code(-.6f)).isEqualTo((byte) -1);
    assertThat(Int8Encoder.code(1e9f)).isEqualTo((byte) 127);
    assertThat(Int8Encoder.code(-1e9f)).isEqualTo((byte) -127);
  }

  /** Ranks may differ by what is the same for all rows, and by some hundredths of their range. */
  private static void assertSameDifferences(float[] coded, float[] full) {
    double range = 0;
    for (int i = 0; i < ROWS; i++) {
      range = Math.max(range, Math.abs(full[i] - full[0]));
    }
    for (int i = 0; i < ROWS; i++) {
      assertThat((double) coded[i] - coded[0])
          .isCloseTo((double) full[i] - full[0], within(.04 * range));
    }
  }

  private static float[] ranks(RowScorer scorer) {
    float[] ranks = new float[ROWS + RowScorer.SLACK];
    scorer.ranks(IntStream.range(0, ROWS).toArray(), ROWS, ranks);
    return ranks;
  }

  private OffHeapRows rows(double offset) {
    OffHeapRows rows = OffHeapRows.flat(arena, ROWS, DIMENSION, VectorElement.FLOAT32);
    for (int i = 0; i < ROWS; i++) {
      rows.add(vector(offset));
    }
    return rows;
  }

  private float[] vector(double offset) {
    float[] vector = new float[DIMENSION];
    double length = random.nextDouble(.5, 2);
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) (length * (random.nextGaussian() + offset));
    }
    return vector;
  }
}
