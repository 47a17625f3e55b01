package io.quiver.engine.index;

import io.quiver.engine.kernel.RowScorer;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.kernel.VectorScorer;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.search.RowBitmap;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Filters of a given share that favour a query's surroundings, leave them out, or know nothing of
 * them. Surroundings are clusters: each row belongs to the nearest of some rows taken by chance.
 */
public final class CorrelatedFilters {
  /** How a filter relates to the query. */
  public enum Kind {
    RANDOM,
    POSITIVE,
    NEGATIVE
  }

  private static final int CLUSTERS = 64;
  private static final int LEFT_OUT = CLUSTERS / 4;

  private final VectorScorer scorer;
  private final int rows;
  private final int[] pivots;
  private final int[] clusterOf;
  private final SplittableRandom random;

  public CorrelatedFilters(VectorRows vectors, DistanceMetric metric, long seed) {
    this.scorer = new VectorScorer(vectors, metric);
    this.rows = vectors.rows();
    this.random = new SplittableRandom(seed);
    this.pivots = random.ints(CLUSTERS, 0, rows).toArray();
    this.clusterOf = new int[rows];
    int[] all = IntStream.range(0, rows).toArray();
    float[] nearest = new float[rows];
    Arrays.fill(nearest, Float.POSITIVE_INFINITY);
    float[] ranks = new float[rows + RowScorer.SLACK];
    for (int cluster = 0; cluster < CLUSTERS; cluster++) {
      scorer.queryRow(pivots[cluster]);
      scorer.ranks(all, rows, ranks);
      for (int row = 0; row < rows; row++) {
        if (ranks[row] < nearest[row]) {
          nearest[row] = ranks[row];
          clusterOf[row] = cluster;
        }
      }
    }
  }

  /** A filter that admits {@code share} of the rows. */
  public RowBitmap filter(Kind kind, float[] query, double share) {
    int wanted = (int) Math.max(1, Math.round(share * rows));
    long[] order = new long[rows];
    int[] placeOf = places(query);
    for (int row = 0; row < rows; row++) {
      long place =
          switch (kind) {
            case RANDOM -> 0;
            case POSITIVE -> placeOf[clusterOf[row]];
            case NEGATIVE -> placeOf[clusterOf[row]] < LEFT_OUT ? 1 : 0;
          };
      order[row] = place << 56 | (long) random.nextInt(1 << 24) << 32 | row;
    }
    Arrays.sort(order);
    RowBitmap filter = new RowBitmap(rows);
    for (int i = 0; i < wanted; i++) {
      filter.add((int) order[i]);
    }
    return filter;
  }

  /** The clusters' places by distance from the query. */
  private int[] places(float[] query) {
    float[] ranks = new float[CLUSTERS + RowScorer.SLACK];
    scorer.query(query);
    scorer.ranks(pivots, CLUSTERS, ranks);
    int[] places = new int[CLUSTERS];
    for (int one = 0; one < CLUSTERS; one++) {
      for (int other = 0; other < CLUSTERS; other++) {
        places[one] += ranks[other] < ranks[one] ? 1 : 0;
      }
    }
    return places;
  }
}
