package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.data.RankFilter;
import io.quiver.benchmarks.data.VectorSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;

/**
 * The grid of filters: selectivity by how it stands to the query.
 *
 * <p>Column 0 ranks the rows at random. Column 1 ranks them by nearness to an anchor, a query taken
 * from the set; the queries of the correlated cells are those nearest to the anchor, so that a
 * filter on the first ranks admits what they look for (positive) and one on the last ranks admits
 * what is farthest from it (anti).
 *
 * @param ranks of each row, by column
 * @param near the set with only the queries near the anchor
 */
record FilterCells(VectorSet set, VectorSet near, int[][] ranks) {
  private static final double[] SELECTIVITIES = {.5, .2, .1, .05, .02, .01, .003, .001, .0001};

  /** One cell. */
  record Cell(String name, RankFilter filter, VectorSet asked) {}

  static FilterCells of(VectorSet set, int queries, long seed) {
    float[] anchor = set.queries()[0];
    int rows = set.rows().count();
    float[] nearness = new float[rows];
    float[] vector = new float[set.dimension()];
    for (int row = 0; row < rows; row++) {
      set.rows().read(row, vector);
      nearness[row] = VectorUtil.dotProduct(anchor, vector);
    }
    float[][] byNearness = set.queries().clone();
    Arrays.sort(
        byNearness,
        Comparator.comparingDouble((float[] query) -> -VectorUtil.dotProduct(anchor, query)));
    int asked = Math.min(queries, byNearness.length);
    return new FilterCells(
        new VectorSet(set.name(), set.rows(), Arrays.copyOf(set.queries(), asked)),
        new VectorSet(set.name(), set.rows(), Arrays.copyOf(byNearness, asked)),
        new int[][] {shuffled(rows, seed), ranks(nearness)});
  }

  private static int[] shuffled(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] ranks = IntStream.range(0, rows).toArray();
    for (int i = rows - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = ranks[i];
      ranks[i] = ranks[j];
      ranks[j] = swapped;
    }
    return ranks;
  }

  private static int[] ranks(float[] nearness) {
    int[] ranks = new int[nearness.length];
    int[] order =
        IntStream.range(0, nearness.length)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -nearness[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int rank = 0; rank < order.length; rank++) {
      ranks[order[rank]] = rank;
    }
    return ranks;
  }

  List<Cell> cells() {
    int rows = set.rows().count();
    List<Cell> cells = new ArrayList<>();
    for (double selectivity : SELECTIVITIES) {
      int admitted = Math.max(1, (int) Math.round(selectivity * rows));
      String percent = Double.toString(Math.round(selectivity * 1e6) / 1e4);
      String share = percent.replaceAll("\\.0$", "") + " %";
      cells.add(new Cell("random " + share, new RankFilter(0, 0, admitted), set));
      cells.add(new Cell("positive " + share, new RankFilter(1, 0, admitted), near));
      cells.add(new Cell("anti " + share, new RankFilter(1, rows - admitted, rows), near));
    }
    return cells;
  }
}
