package io.quiver.engine.index.hnsw;

import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.kernel.DistanceKernels;
import io.quiver.engine.kernel.RowKernels;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.quantize.RowCodes;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.search.RowBitmap;
import org.jspecify.annotations.Nullable;

/**
 * How fast distances grow from neighbour to neighbour, on average over rows of a graph: as the
 * neighbour's number to the power of this (one over the intrinsic dimension: Amsaleg and others,
 * 2015).
 */
final class GraphSpread {
  /** That of rows on a line is 1; beyond it neighbours say little of each other. */
  static final float MOST = 2;

  private static final int ROWS = 100;
  private static final int NEAR = 10;
  private static final int FAR = 80;
  private static final int EF = 160;

  private GraphSpread() {}

  /** Measures a finished graph; 0 if it is too small, or its rows are all alike. */
  static float measure(
      HnswGraph graph,
      @Nullable RowCodes codes,
      VectorRows rows,
      DistanceMetric metric,
      @Nullable RowBitmap present) {
    return measure(
        new HnswSearcher(graph, codes, rows, metric, present), graph.extent(), rows, metric);
  }

  /** Measures what there is of a graph that grows. */
  static float measure(
      HnswSearcher searcher, HnswGraph.Extent extent, VectorRows rows, DistanceMetric metric) {
    if (extent.nodes() <= EF || metric == DistanceMetric.INNER_PRODUCT) {
      return 0;
    }
    RowKernels kernels = DistanceKernels.best().rows(rows.element());
    float[] vector = new float[rows.dimension()];
    double sum = 0;
    int count = 0;
    for (int i = 0; i < ROWS; i++) {
      int row = (int) ((long) i * extent.rows() / ROWS);
      if (!rows.isNull(row)) {
        kernels.decode(
            rows.chunk(row >>> rows.chunkShift()), rows.offset(row), vector.length, vector);
        // Number 0 is the row itself.
        NearestRows found =
            searcher.search(DenseQuery.of(vector, FAR + 1, EF), extent, extent.rows());
        if (found.size() > FAR && found.distances()[NEAR] > 0) {
          sum += Math.log(found.distances()[FAR] / found.distances()[NEAR]);
          count++;
        }
      }
    }
    return count == 0 ? 0 : (float) Math.clamp(power(metric) * sum / spans(count), 0, MOST);
  }

  private static double spans(int count) {
    return count * Math.log((double) FAR / NEAR);
  }

  /** A cosine distance grows as the square of the distance between unit vectors. */
  private static double power(DistanceMetric metric) {
    return metric == DistanceMetric.COSINE ? .5 : 1;
  }
}
