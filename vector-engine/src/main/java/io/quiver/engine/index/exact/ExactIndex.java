package io.quiver.engine.index.exact;

import io.quiver.engine.index.DenseIndex;
import io.quiver.engine.index.DenseQuery;
import io.quiver.engine.index.DoubleScan;
import io.quiver.engine.index.FinalOrder;
import io.quiver.engine.index.NearestHeap;
import io.quiver.engine.index.NearestRows;
import io.quiver.engine.index.QualifyingRows;
import io.quiver.engine.index.SearchEffort;
import io.quiver.engine.index.SearchMode;
import io.quiver.engine.index.VectorScan;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.kernel.VectorScorer;
import io.quiver.engine.schema.DistanceMetric;

/**
 * Compares the query with every qualifying row. Needs no building; right for any metric over any
 * rows, growing ones as well.
 */
public final class ExactIndex implements DenseIndex {
  private final VectorRows rows;
  private final int from;
  private final int count;
  private final DistanceMetric metric;

  /**
   * Searches the first {@code count} rows, which are there already.
   *
   * @param metric any, whatever other index the rows have
   */
  public ExactIndex(VectorRows rows, int count, DistanceMetric metric) {
    this(rows, 0, count, metric);
  }

  /** Searches the rows from {@code from} to before {@code count}. */
  public ExactIndex(VectorRows rows, int from, int count, DistanceMetric metric) {
    this.rows = rows;
    this.from = from;
    this.count = count;
    this.metric = metric;
  }

  @Override
  public NearestRows search(DenseQuery query) {
    QualifyingRows qualifying = new QualifyingRows();
    qualifying.set(from, count, count, query, null);
    int found = qualifying.cardinality();
    NearestHeap nearest = new NearestHeap();
    int wanted = (int) Math.min(found, (long) query.k() + FinalOrder.MARGIN);
    if (found > 0) {
      nearest.reset(wanted);
      VectorScorer scorer = new VectorScorer(rows, metric);
      scorer.query(query.vector());
      VectorScan scan = new VectorScan(rows);
      scan.run(scorer, qualifying, count, nearest, query.stop());
      DoubleScan doubles = new DoubleScan(rows, metric);
      int told = Math.min(query.k(), nearest.size());
      if (scan.overflowed() || doubles.isNeeded(query.vector(), nearest.sorted(), told)) {
        return doubles.search(query, qualifying, from, count);
      }
    }
    SearchEffort effort =
        new SearchEffort(SearchMode.SCAN, found, 0, (long) found + nearest.size(), 0);
    return new FinalOrder(rows, metric)
        .of(query.vector(), nearest.sorted(), nearest.size(), query.k(), effort);
  }
}
