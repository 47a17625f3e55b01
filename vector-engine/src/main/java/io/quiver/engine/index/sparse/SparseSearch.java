package io.quiver.engine.index.sparse;

import io.quiver.engine.index.BestRows;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.StopSignal;

/**
 * Searches one segment for the rows with the largest scores, exactly: over its inverted index where
 * it has one and where that pays, otherwise row by row. For one search, by one thread.
 *
 * <p>A row is found if the filter admits it and it shares a term with the query, whatever the sign
 * of its score. Distances are negated scores; equal ones go to the lower row.
 */
public final class SparseSearch {
  /** Scoring a row from its vector costs about as much as this many postings. */
  static final long POSTINGS_PER_ROW = 100;

  private final SparseRows rows;
  private final RowBitmap filter;
  private final SparseScorer scorer;
  private final BestRows best;
  private final StopSignal stop;
  private final SparseRow row = new SparseRow();
  private long postings;
  private long scored;
  private String mode = "scan";

  /**
   * A search.
   *
   * @param filter rows that qualify: live, visible and admitted
   * @param best takes what is found; what it holds already narrows the search
   */
  public SparseSearch(
      SparseRows rows, RowBitmap filter, SparseScorer scorer, BestRows best, StopSignal stop) {
    this.rows = rows;
    this.filter = filter;
    this.scorer = scorer;
    this.best = best;
    this.stop = stop;
  }

  /** Scores every qualifying row: for a memtable, or a segment whose index is not built yet. */
  public void scan() {
    scan(0, filter.rows());
  }

  /** Uses the index, save where so few rows qualify that scoring them is cheaper. */
  public void search(InvertedIndex index) {
    if (filter.cardinality() == 0) {
      return;
    }
    WindowSearch windows = new WindowSearch(index, this);
    if (filter.cardinality() * POSTINGS_PER_ROW <= windows.postings()) {
      scan();
    } else {
      mode = "inverted";
      windows.run();
    }
  }

  /** How the segment was searched: {@code scan} or {@code inverted}. */
  public String mode() {
    return mode;
  }

  /** Postings looked at. */
  public long postingsVisited() {
    return postings;
  }

  /** Rows scored from their vectors. */
  public long rowsScored() {
    return scored;
  }

  /** Scores the qualifying rows of a range. */
  void scan(int from, int to) {
    int since = 0;
    for (int i = filter.next(from); i >= 0 && i < to; i = i + 1 < to ? filter.next(i + 1) : -1) {
      if ((since++ & 1023) == 0) {
        stop.check();
      }
      score(i);
    }
  }

  /** Scores a row that qualifies by the filter. */
  void score(int i) {
    rows.read(i, row);
    scored++;
    double score = scorer.score(row);
    if (!Double.isNaN(score)) {
      // Not -score: a score of zero must not become the distance -0.0, which sorts before 0.0.
      best.offer(0.0 - score, i);
    }
  }

  void countPostings(long count) {
    postings += count;
  }

  RowBitmap filter() {
    return filter;
  }

  SparseScorer scorer() {
    return scorer;
  }

  StopSignal stop() {
    return stop;
  }

  /** A row whose score is smaller than this is not wanted. */
  double wantedScore() {
    return 0.0 - best.bound();
  }
}
