package io.quiver.engine.index.hnsw;

import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.kernel.DistanceKernels;
import io.quiver.engine.kernel.RowKernels;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.quantize.RowCodes;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.search.RowBitmap;
import org.jspecify.annotations.Nullable;

/**
 * Tries smaller codes on a finished graph: some of the segment's own rows are looked for, and what
 * a walk by the smaller codes finds is compared with what one by the larger codes finds, both
 * measured by a third walk that goes four times as far.
 */
final class RecallProbe {
  private static final int QUERIES = 200;
  private static final int K = 10;
  private static final int EF = 64;
  private static final int EF_REFERENCE = 4 * EF;

  /** What may be lost: recall measured with so many queries is uncertain by about as much. */
  private static final double LOSS_MOST = .004;

  /** Small segments are searched from the cache, where smaller codes gain little. */
  private static final int ROWS_LEAST = 10_000;

  private final HnswGraph graph;
  private final RowCodes trusted;
  private final VectorRows rows;
  private final DistanceMetric metric;
  private final @Nullable RowBitmap present;

  /**
   * @param present rows that have a vector, or null if all have
   */
  RecallProbe(
      HnswGraph graph,
      RowCodes trusted,
      VectorRows rows,
      DistanceMetric metric,
      @Nullable RowBitmap present) {
    this.graph = graph;
    this.trusted = trusted;
    this.rows = rows;
    this.metric = metric;
    this.present = present;
  }

  /** Whether smaller codes than int8 would spare a walk anything to speak of. */
  static boolean isWorthwhile(int nodes, int dimension) {
    return nodes >= ROWS_LEAST
        && RowCodes.strideFor(Quantization.INT4, dimension) + 64
            <= RowCodes.strideFor(Quantization.INT8, dimension);
  }

  /** Whether recall holds with these codes in place of the trusted ones. */
  boolean holds(RowCodes smaller) {
    HnswSearcher larger = new HnswSearcher(graph, trusted, rows, metric, present);
    HnswSearcher tried = new HnswSearcher(graph, smaller, rows, metric, present);
    RowKernels kernels = DistanceKernels.best().rows(rows.element());
    float[] vector = new float[rows.dimension()];
    int wanted = 0;
    int byLarger = 0;
    int byTried = 0;
    for (int i = 0; i < QUERIES; i++) {
      int row = (int) ((long) i * graph.rows() / QUERIES);
      if (!rows.isNull(row)) {
        kernels.decode(
            rows.chunk(row >>> rows.chunkShift()), rows.offset(row), vector.length, vector);
        // The row itself is always found, and says nothing.
        NearestRows reference = larger.search(DenseQuery.of(vector, K + 1, EF_REFERENCE));
        double bound = reference.distances()[reference.size() - 1];
        wanted += reference.size() - 1;
        byLarger += within(bound, larger.search(DenseQuery.of(vector, K + 1, EF))) - 1;
        byTried += within(bound, tried.search(DenseQuery.of(vector, K + 1, EF))) - 1;
      }
    }
    return byTried >= byLarger - LOSS_MOST * wanted;
  }

  /** How many of the rows found are as near as the reference's last, whichever rows they are. */
  private static int within(double bound, NearestRows found) {
    int count = 0;
    while (count < found.size() && found.distances()[count] <= bound) {
      count++;
    }
    return count;
  }
}
