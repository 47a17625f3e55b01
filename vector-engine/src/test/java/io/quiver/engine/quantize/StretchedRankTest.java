package io.quiver.engine.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.quiver.engine.index.ClusteredVectors;
import io.quiver.engine.kernel.ExactDistance;
import io.quiver.engine.kernel.OffHeapRows;
import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.kernel.VectorScorer;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.VectorElement;
import java.lang.foreign.Arena;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A rank stretched is the rank of a row that much farther from the query. */
class StretchedRankTest {
  private static final int ROWS = 500;

  @ParameterizedTest
  @CsvSource({
    "NONE, COSINE, 1e-3",
    "NONE, L2, 1e-3",
    "NONE, L1, 1e-3",
    "INT8, COSINE, .03",
    "INT8, L2, .03",
    "INT4, COSINE, .15",
    "INT4, L2, .15",
    "BIT, COSINE, .5",
    "BIT, L2, .5"
  })
  void ofTwoRowsOneIsStretchedToTheOther(
      Quantization kind, DistanceMetric metric, double tolerance) {
    try (Arena arena = Arena.ofConfined()) {
      ClusteredVectors vectors = new ClusteredVectors(3, 20, 200);
      OffHeapRows rows = vectors.rows(arena, ROWS, VectorElement.FLOAT32);
      RowScorer scorer = scorer(kind, metric, rows, arena);
      ExactDistance exact = new ExactDistance(rows, metric);
      float[] query = vectors.next();
      scorer.query(query);
      exact.query(query);
      float[] ranks = new float[2 + RowScorer.SLACK];
      for (int row = 0; row + 1 < ROWS; row += 7) {
        scorer.ranks(new int[] {row, row + 1}, 2, ranks);
        double a = distance(metric, exact.to(row));
        double b = distance(metric, exact.to(row + 1));

        float stretched = scorer.stretched(ranks[0], (float) (b / a));

        float twice = scorer.stretched(ranks[1], 2);
        // Ranks have no zero in common: what differs is held against a step as long as b is far.
        double scale = Math.abs(twice - ranks[1]);
        assertThat((stretched - ranks[1]) / scale).isCloseTo(0, within(tolerance));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"NONE", "INT8", "INT4", "BIT"})
  void productsSayNothingOfDistances(Quantization kind) {
    try (Arena arena = Arena.ofConfined()) {
      OffHeapRows rows = new ClusteredVectors(3, 20, 64).rows(arena, ROWS, VectorElement.FLOAT32);
      RowScorer scorer = scorer(kind, DistanceMetric.INNER_PRODUCT, rows, arena);
      scorer.query(rows.vector(1));

      assertThat(scorer.stretched(-1, 1.5f)).isInfinite();
    }
  }

  private static RowScorer scorer(
      Quantization kind, DistanceMetric metric, OffHeapRows rows, Arena arena) {
    return kind == Quantization.NONE
        ? new VectorScorer(rows, metric)
        : RowCodes.encode(kind, rows, metric, arena).forQueries();
  }

  /** The distance between unit vectors in place of the cosine distance. */
  private static double distance(DistanceMetric metric, double given) {
    return metric == DistanceMetric.COSINE ? Math.sqrt(2 * given) : given;
  }
}
