package io.quiver.engine.index.sparse;

import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.StopSignal;
import java.util.Arrays;

/**
 * Counts {@link TextStatistics} over the live rows of one segment, exactly.
 *
 * <p>From an index without deleted rows the numbers are read off. Deleted rows are subtracted: from
 * the document frequency of each term by its postings, from the totals by the rows' vectors.
 */
public final class TextCount {
  private final SparseRows rows;
  private final RowBitmap live;
  private final int[] terms;
  private final StopSignal stop;
  private final SparseRow row = new SparseRow();

  /**
   * A count.
   *
   * @param live rows that exist; of a memtable, those visible
   * @param terms of the query, ascending
   */
  public TextCount(SparseRows rows, RowBitmap live, int[] terms, StopSignal stop) {
    this.rows = rows;
    this.live = live;
    this.terms = terms;
    this.stop = stop;
  }

  /** Counts by reading every live row: for a memtable, or a segment without its index. */
  public TextStatistics scan() {
    long[] frequencies = new long[terms.length];
    long documents = 0;
    double length = 0;
    int since = 0;
    for (int i = live.next(0); i >= 0; i = i + 1 < live.rows() ? live.next(i + 1) : -1) {
      if ((since++ & 1023) == 0) {
        stop.check();
      }
      rows.read(i, row);
      documents += row.size() > 0 ? 1 : 0;
      length += length();
      countTerms(frequencies);
    }
    return new TextStatistics(terms, frequencies, documents, length);
  }

  /** Counts by the index of the segment. */
  public TextStatistics count(InvertedIndex index) {
    boolean allLive = live.cardinality() == index.rows();
    LiveTotals totals =
        allLive
            ? new LiveTotals(index.documents(), index.totalLength())
            : index.liveTotals(live, this::subtractDeleted);
    long[] frequencies = new long[terms.length];
    for (int i = 0; i < terms.length; i++) {
      int ordinal = index.find(terms[i]);
      if (ordinal >= 0) {
        frequencies[i] =
            allLive
                ? index.firstPosting(ordinal + 1) - index.firstPosting(ordinal)
                : livePostings(index, ordinal);
      }
    }
    return new TextStatistics(terms, frequencies, totals.documents(), totals.length());
  }

  private LiveTotals subtractDeleted(LiveTotals all) {
    long documents = all.documents();
    double length = all.length();
    for (int i = 0; i < live.rows(); i++) {
      if ((i & 4095) == 0) {
        stop.check();
      }
      if (!live.contains(i)) {
        rows.read(i, row);
        documents -= row.size() > 0 ? 1 : 0;
        length -= length();
      }
    }
    return new LiveTotals(documents, length);
  }

  private long livePostings(InvertedIndex index, int ordinal) {
    long count = 0;
    for (int entry = index.firstEntry(ordinal); entry < index.firstEntry(ordinal + 1); entry++) {
      stop.check();
      int base = index.window(entry) << InvertedLayout.WINDOW_SHIFT;
      long end = index.endOf(ordinal, entry);
      for (long posting = index.startOf(ordinal, entry); posting < end; posting++) {
        count += live.contains(base + index.id(posting)) ? 1 : 0;
      }
    }
    return count;
  }

  private double length() {
    double length = 0;
    for (int j = 0; j < row.size(); j++) {
      length += row.weights()[j];
    }
    return length;
  }

  private void countTerms(long[] frequencies) {
    for (int i = 0; i < terms.length; i++) {
      if (Arrays.binarySearch(row.indices(), 0, row.size(), terms[i]) >= 0) {
        frequencies[i]++;
      }
    }
  }
}
