package io.quiver.engine.index.multivector;

import io.quiver.engine.index.BestRows;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.StopSignal;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Finds the rows of one segment with the largest MaxSim: for each query row the largest cosine with
 * any token of the row, summed. Exact on the stored half floats; every qualifying row is compared.
 *
 * <p>A row without tokens is never found; a token of zeros has the cosine 0 with everything.
 * Distances are negated scores; equal ones go to the lower row. For one search.
 */
public final class MaxSimSearch {
  /** Multiplications worth a thread of their own: some ten milliseconds. */
  private static final long PARALLEL_WORK = 200_000_000;

  private final MultiVectorRows rows;
  private final RowBitmap filter;
  private final MaxSimQuery query;
  private final StopSignal stop;
  private final LongAdder scored = new LongAdder();
  private final LongAdder products = new LongAdder();

  /**
   * A search.
   *
   * @param filter rows that qualify: live, visible, admitted and, where candidates are given, among
   *     them
   */
  public MaxSimSearch(MultiVectorRows rows, RowBitmap filter, MaxSimQuery query, StopSignal stop) {
    if (rows.dimension() != query.dimension()) {
      throw new IllegalArgumentException(
          "The query has " + query.dimension() + " dimensions, not " + rows.dimension());
    }
    this.rows = rows;
    this.filter = filter;
    this.query = query;
    this.stop = stop;
  }

  /** Scores the qualifying rows; large searches use the threads of the common pool. */
  public void run(BestRows best) {
    if (query.rows() == 0) {
      return;
    }
    int parts = parts();
    if (parts == 1) {
      run(0, filter.rows(), best);
      return;
    }
    IntStream.range(0, parts)
        .parallel()
        .forEach(
            part -> {
              BestRows ofPart = new BestRows(best.k(), best.maxDistance());
              run(start(part, parts), start(part + 1, parts), ofPart);
              synchronized (best) {
                best.offerAll(ofPart);
              }
            });
  }

  /** Rows scored. */
  public long rowsScored() {
    return scored.sum();
  }

  /** Dot products computed: tokens times query rows. */
  public long dotProducts() {
    return products.sum();
  }

  /** As many parts as the work is worth, by the tokens of a few of the rows. */
  private int parts() {
    long tokens = 0;
    int seen = 0;
    for (int row = filter.next(0); row >= 0 && seen < 64; row = filter.next(row + 1)) {
      tokens += rows.tokens(row);
      seen++;
    }
    if (seen == 0) {
      return 1;
    }
    double work = (double) tokens / seen * filter.cardinality() * query.rows() * query.dimension();
    int most = 4 * Runtime.getRuntime().availableProcessors();
    return Math.clamp((long) (work / PARALLEL_WORK), 1, Math.min(most, filter.rows()));
  }

  private int start(int part, int parts) {
    return (int) ((long) filter.rows() * part / parts);
  }

  private void run(int from, int to, BestRows best) {
    MaxSimScorer scorer = new MaxSimScorer(rows, query);
    int since = 0;
    for (int row = filter.next(from); row >= 0 && row < to; row = filter.next(row + 1)) {
      if ((since++ & 63) == 0) {
        stop.check();
      }
      double score = scorer.score(row);
      if (!Double.isNaN(score)) {
        // Not -score: a score of zero must not become the distance -0.0, which sorts before 0.0.
        best.offer(0.0 - score, row);
        products.add((long) rows.tokens(row) * query.rows());
        scored.increment();
      }
    }
  }
}
