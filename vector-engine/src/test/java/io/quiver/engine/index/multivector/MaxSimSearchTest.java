package io.quiver.engine.index.multivector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.quiver.engine.index.BestRows;
import io.quiver.engine.kernel.MaxSimKernels;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.search.StopSignal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MaxSimSearchTest {
  private static final double NO_BOUND = Double.POSITIVE_INFINITY;
  private final long seed = Long.getLong("quiver.seed", 61);
  private final SplittableRandom random = new SplittableRandom(seed);

  private record Hit(int row, double distance) {}

  @Test
  void everyShapeGivesTheNaiveAnswerWithBothKernels() {
    for (int dimension : new int[] {1, 3, 16, 128, 200}) {
      ListedTokens rows = rows(300, 20, dimension);
      for (int queryRows : new int[] {1, 16, 31, 70}) {
        float[][] query = vectors(queryRows, dimension);
        for (double share : new double[] {1, 0.5, 0.1, 0.01, 0}) {
          RowBitmap filter = filter(rows.rows(), share);
          List<Hit> expected = naive(rows, filter, query);
          for (MaxSimKernels kernels : List.of(MaxSimKernels.best(), MaxSimKernels.scalar())) {
            for (int k : new int[] {1, 10, 1_000}) {
              BestRows best = new BestRows(k, NO_BOUND);
              new MaxSimSearch(
                      rows, filter, new MaxSimQuery(query, dimension, kernels), StopSignal.NEVER)
                  .run(best);
              compare(best, expected.subList(0, Math.min(k, expected.size())));
            }
          }
        }
      }
    }
  }

  @Test
  void longQueriesAndLongDocumentsAreScoredInChunks() {
    int dimension = 96;
    short[][] vectors = {halves(5_000, dimension), halves(1, dimension), halves(171, dimension)};
    ListedTokens rows = new ListedTokens(dimension, vectors);
    float[][] query = vectors(1_200, dimension);
    BestRows best = new BestRows(3, NO_BOUND);
    new MaxSimSearch(rows, RowBitmap.full(3), new MaxSimQuery(query, dimension), StopSignal.NEVER)
        .run(best);

    compare(best, naive(rows, RowBitmap.full(3), query));
  }

  @Test
  void largeSearchInPartsGivesTheSameRows() {
    int dimension = 128;
    ListedTokens rows = rows(3_000, 60, dimension);
    float[][] query = vectors(64, dimension);
    RowBitmap filter = filter(rows.rows(), 0.9);
    MaxSimQuery prepared = new MaxSimQuery(query, dimension);
    BestRows inParts = new BestRows(50, NO_BOUND);
    new MaxSimSearch(rows, filter, prepared, StopSignal.NEVER).run(inParts);
    BestRows oneByOne = new BestRows(50, NO_BOUND);
    for (int row = 0; row < rows.rows(); row++) {
      RowBitmap one = new RowBitmap(rows.rows());
      if (filter.contains(row)) {
        one.add(row);
      }
      new MaxSimSearch(rows, one, prepared, StopSignal.NEVER).run(oneByOne);
    }

    assertThat(hits(inParts)).isEqualTo(hits(oneByOne));
  }

  @Test
  void emptyMultivectorIsNeverFoundAndEqualScoresGoToLowerRows() {
    short[] same = halves(4, 8);
    ListedTokens rows = new ListedTokens(8, new short[0], same, new short[0], same, same);
    MaxSimQuery query = new MaxSimQuery(vectors(3, 8), 8);
    BestRows two = new BestRows(2, NO_BOUND);
    new MaxSimSearch(rows, RowBitmap.full(5), query, StopSignal.NEVER).run(two);
    BestRows all = new BestRows(10, NO_BOUND);
    MaxSimSearch search = new MaxSimSearch(rows, RowBitmap.full(5), query, StopSignal.NEVER);
    search.run(all);

    assertThat(hits(two)).extracting(Hit::row).containsExactly(1, 3);
    assertThat(hits(all)).extracting(Hit::row).containsExactly(1, 3, 4);
    assertThat(search.rowsScored()).isEqualTo(3);
    assertThat(search.dotProducts()).isEqualTo(3 * 4 * 3);
  }

  @Test
  void lengthsOfRowsDoNotMatter() {
    ListedTokens rows = new ListedTokens(2, new short[] {half(3), half(4), half(0), half(0)});
    float[][] query = {{600, 800}, {0, 0}, {-1e-30f, 0}};
    BestRows best = new BestRows(1, NO_BOUND);
    new MaxSimSearch(rows, RowBitmap.full(1), new MaxSimQuery(query, 2), StopSignal.NEVER)
        .run(best);

    // 1 for the same direction, 0 for a query row of zeros, 0 for the token of zeros over -0.6.
    assertThat(best.distance(0)).isCloseTo(-1, within(1e-6));
  }

  @Test
  void boundOnDistanceLeavesOutWorseRows() {
    ListedTokens rows = rows(200, 10, 16);
    float[][] query = vectors(5, 16);
    List<Hit> all = naive(rows, RowBitmap.full(200), query);
    double bound = (all.get(9).distance() + all.get(10).distance()) / 2;
    BestRows best = new BestRows(50, bound);
    new MaxSimSearch(rows, RowBitmap.full(200), new MaxSimQuery(query, 16), StopSignal.NEVER)
        .run(best);

    compare(best, all.subList(0, 10));
  }

  @Test
  void queryWithoutRowsFindsNothingAndOneOfAnotherDimensionIsRefused() {
    ListedTokens rows = rows(5, 5, 4);
    BestRows best = new BestRows(5, NO_BOUND);
    new MaxSimSearch(rows, RowBitmap.full(5), new MaxSimQuery(new float[0][], 4), StopSignal.NEVER)
        .run(best);

    assertThat(best.size()).isZero();
    assertThatThrownBy(() -> new MaxSimQuery(new float[][] {{1, 2}}, 4))
        .isInstanceOf(IllegalArgumentException.class);
    MaxSimQuery narrow = new MaxSimQuery(new float[][] {{1, 2}}, 2);
    assertThatThrownBy(() -> new MaxSimSearch(rows, RowBitmap.full(5), narrow, StopSignal.NEVER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void searchStopsWhenItsCallerNoLongerWantsIt() {
    ListedTokens rows = rows(3_000, 60, 128);
    StopSignal stopped =
        () -> {
          throw new SearchStoppedException("stopped", false);
        };
    MaxSimQuery query = new MaxSimQuery(vectors(64, 128), 128);
    MaxSimSearch search = new MaxSimSearch(rows, RowBitmap.full(3_000), query, stopped);

    assertThatThrownBy(() -> search.run(new BestRows(10, NO_BOUND)))
        .isInstanceOf(SearchStoppedException.class);
  }

  private void compare(BestRows best, List<Hit> expected) {
    List<Hit> hits = hits(best);
    assertThat(hits).as("seed " + seed).hasSameSizeAs(expected);
    for (int i = 0; i < hits.size(); i++) {
      double tolerance = 1e-5 * (1 + Math.abs(expected.get(i).distance()));
      assertThat(hits.get(i).distance())
          .as("seed " + seed)
          .isCloseTo(expected.get(i).distance(), within(tolerance));
    }
  }

  private static List<Hit> hits(BestRows best) {
    best.sort();
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < best.size(); i++) {
      hits.add(new Hit(best.row(i), best.distance(i)));
    }
    return hits;
  }

  private static List<Hit> naive(ListedTokens rows, RowBitmap filter, float[][] query) {
    List<Hit> hits = new ArrayList<>();
    for (int row = 0; row < rows.rows(); row++) {
      float[][] tokens = rows.floats(row);
      if (filter.contains(row) && tokens.length > 0) {
        double score = 0;
        for (float[] vector : query) {
          double largest = Double.NEGATIVE_INFINITY;
          for (float[] token : tokens) {
            largest = Math.max(largest, cosine(vector, token));
          }
          score += largest;
        }
        hits.add(new Hit(row, -score));
      }
    }
    hits.sort(Comparator.comparingDouble(Hit::distance).thenComparingInt(Hit::row));
    return hits;
  }

  private static double cosine(float[] left, float[] right) {
    double dot = 0;
    double leftSquares = 0;
    double rightSquares = 0;
    for (int i = 0; i < left.length; i++) {
      dot += (double) left[i] * right[i];
      leftSquares += (double) left[i] * left[i];
      rightSquares += (double) right[i] * right[i];
    }
    return dot == 0 ? 0 : dot / Math.sqrt(leftSquares * rightSquares);
  }

  private ListedTokens rows(int count, int maxTokens, int dimension) {
    short[][] vectors = new short[count][];
    for (int i = 0; i < count; i++) {
      vectors[i] = halves(random.nextInt(maxTokens + 1), dimension);
    }
    return new ListedTokens(dimension, vectors);
  }

  private short[] halves(int tokens, int dimension) {
    short[] halves = new short[tokens * dimension];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = half(random.nextDouble(-1, 1));
    }
    return halves;
  }

  private static short half(double value) {
    return Float.floatToFloat16((float) value);
  }

  private float[][] vectors(int count, int dimension) {
    float[][] vectors = new float[count][dimension];
    for (float[] vector : vectors) {
      for (int i = 0; i < dimension; i++) {
        vector[i] = (float) random.nextDouble(-1, 1);
      }
    }
    return vectors;
  }

  private RowBitmap filter(int rows, double share) {
    RowBitmap filter = new RowBitmap(rows);
    for (int i = 0; i < rows; i++) {
      if (random.nextDouble() < share) {
        filter.add(i);
      }
    }
    return filter;
  }
}
