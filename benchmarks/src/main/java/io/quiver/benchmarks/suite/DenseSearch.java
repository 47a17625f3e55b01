package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.contender.DenseContender;
import io.quiver.benchmarks.data.Truth;
import io.quiver.benchmarks.measure.Rounds;
import io.quiver.benchmarks.measure.Stretch;
import java.io.IOException;
import java.sql.SQLException;

/**
 * All queries of a set, asked of one contender at one effort.
 *
 * @param cell which case it is of
 * @param searcher open until {@link #close}
 */
record DenseSearch(
    DenseContender contender,
    String cell,
    int effort,
    DenseContender.Searcher searcher,
    float[][] queries)
    implements Rounds.Repeatable, AutoCloseable {
  static final int K = 10;

  @Override
  public int run() throws Exception {
    long[] found = new long[K];
    Stretch stretch = Stretch.of(contender.name(), cell, effort);
    for (float[] query : queries) {
      searcher.search(query, found);
    }
    stretch.commit();
    return queries.length;
  }

  /** Mean share of the right rows that were found. */
  double recall(Truth truth) throws Exception {
    long[] found = new long[K];
    int[] rows = new int[K];
    long right = 0;
    for (int q = 0; q < queries.length; q++) {
      int count = searcher.search(queries[q], found);
      for (int i = 0; i < count; i++) {
        rows[i] = searcher.row(found[i]);
      }
      right += truth.right(q, rows, count);
    }
    return truth.expected() == 0 ? 1 : (double) right / ((long) queries.length * truth.expected());
  }

  @Override
  public void close() throws IOException, SQLException {
    searcher.close();
  }
}
