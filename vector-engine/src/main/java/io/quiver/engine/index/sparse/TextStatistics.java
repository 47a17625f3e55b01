package io.quiver.engine.index.sparse;

import java.util.Arrays;

/**
 * What BM25 must know of a collection about the terms of one query. Counted over the live rows of
 * each segment, merged over all segments and shards, then used to score every one of them.
 *
 * <p>A row without terms, be its text null, empty or all stop words, is no document.
 *
 * @param terms ascending
 * @param documentFrequencies for each term, how many documents hold it
 * @param documents how many documents there are
 * @param totalLength terms of all documents together, repetitions counted
 */
public record TextStatistics(
    int[] terms, long[] documentFrequencies, long documents, double totalLength) {
  public TextStatistics {
    if (terms.length != documentFrequencies.length) {
      throw new IllegalArgumentException(
          terms.length + " terms, " + documentFrequencies.length + " document frequencies");
    }
  }

  /** Of no rows at all. */
  public static TextStatistics none(int[] terms) {
    return new TextStatistics(terms, new long[terms.length], 0, 0);
  }

  /** Of both sets of rows together; both over the same terms. */
  public TextStatistics merge(TextStatistics other) {
    if (!Arrays.equals(terms, other.terms)) {
      throw new IllegalArgumentException("Statistics of different queries cannot be merged");
    }
    long[] sums = documentFrequencies.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.documentFrequencies[i];
    }
    return new TextStatistics(
        terms, sums, documents + other.documents, totalLength + other.totalLength);
  }

  /** Mean number of terms of a document; 1 where there are none, so that it divides. */
  public double meanLength() {
    return documents == 0 || totalLength <= 0 ? 1 : totalLength / documents;
  }

  /** {@code ln(1 + (N - df + 0.5) / (df + 0.5))}, always more than 0. */
  public double inverseDocumentFrequency(int term) {
    int i = Arrays.binarySearch(terms, term);
    if (i < 0) {
      throw new IllegalArgumentException("No statistics of term " + term);
    }
    double frequency = documentFrequencies[i];
    return Math.log1p((documents - frequency + 0.5) / (frequency + 0.5));
  }
}
