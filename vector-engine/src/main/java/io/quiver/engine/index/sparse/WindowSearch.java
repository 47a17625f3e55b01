package io.quiver.engine.index.sparse;

import static io.quiver.engine.index.sparse.InvertedLayout.WINDOW_ROWS;
import static io.quiver.engine.index.sparse.InvertedLayout.WINDOW_SHIFT;

import java.util.Arrays;

/**
 * Visits the windows of an inverted index, the most promising first, and leaves out those that
 * cannot hold a row as good as the worst of the best so far.
 */
final class WindowSearch {
  private final InvertedIndex index;
  private final SparseSearch search;

  /** Dictionary ordinals of the query's terms that the segment has. */
  private final int[] ordinals;

  /** Bound of a score for each unit of stored impact, by term; rounded up. */
  private final float[] factors;

  private final double[] windowBounds;
  private final long[] windowPostings;
  private final long postings;

  WindowSearch(InvertedIndex index, SparseSearch search) {
    this.index = index;
    this.search = search;
    SparseScorer scorer = search.scorer();
    int[] terms = scorer.terms();
    int[] found = new int[terms.length];
    float[] bounds = new float[terms.length];
    int count = 0;
    for (int i = 0; i < terms.length; i++) {
      int ordinal = index.find(terms[i]);
      if (ordinal >= 0) {
        found[count] = ordinal;
        double perUnit = scorer.boundPerImpact(i, index) * index.scale(ordinal);
        // Never so small that a sum of it could vanish: a sum above zero says "shares a term".
        bounds[count++] = Math.max(Math.nextUp((float) perUnit), 1e-30f);
      }
    }
    this.ordinals = Arrays.copyOf(found, count);
    this.factors = Arrays.copyOf(bounds, count);
    int windows = (index.rows() + WINDOW_ROWS - 1) >>> WINDOW_SHIFT;
    this.windowBounds = new double[windows];
    this.windowPostings = new long[windows];
    this.postings = boundWindows();
  }

  /** Postings of all the query's terms. */
  long postings() {
    return postings;
  }

  private long boundWindows() {
    long all = 0;
    for (int i = 0; i < ordinals.length; i++) {
      int end = index.firstEntry(ordinals[i] + 1);
      long last = index.firstPosting(ordinals[i] + 1) - index.firstPosting(ordinals[i]);
      all += last;
      for (int entry = end - 1; entry >= index.firstEntry(ordinals[i]); entry--) {
        int window = index.window(entry);
        int start = index.entryStart(entry);
        windowBounds[window] += (double) factors[i] * index.maxImpact(entry);
        windowPostings[window] += last - start;
        last = start;
      }
    }
    return all;
  }

  void run() {
    WindowVisit visit = new WindowVisit(index, search, ordinals, factors);
    for (int window : byDescendingBound()) {
      search.stop().check();
      int matching = matching(window);
      if (matching == 0 || windowBounds[window] < visit.floor()) {
        continue;
      }
      if (matching * SparseSearch.POSTINGS_PER_ROW <= windowPostings[window]) {
        search.scan(window << WINDOW_SHIFT, (window + 1) << WINDOW_SHIFT);
      } else {
        visit.run(window);
      }
    }
  }

  /** Rows of a window that the filter admits. */
  private int matching(int window) {
    long[] words = search.filter().words();
    int end = Math.min(words.length, (window + 1) << (WINDOW_SHIFT - 6));
    int count = 0;
    for (int i = window << (WINDOW_SHIFT - 6); i < end; i++) {
      count += Long.bitCount(words[i]);
    }
    return count;
  }

  private int[] byDescendingBound() {
    long[] keys = new long[windowBounds.length];
    int count = 0;
    for (int window = 0; window < keys.length; window++) {
      if (windowBounds[window] > 0) {
        // Bits of positive floats order as the floats do; inverted, the largest comes first.
        keys[count++] = (long) ~Float.floatToIntBits((float) windowBounds[window]) << 32 | window;
      }
    }
    Arrays.sort(keys, 0, count);
    int[] windows = new int[count];
    for (int i = 0; i < count; i++) {
      windows[i] = (int) keys[i];
    }
    return windows;
  }
}
