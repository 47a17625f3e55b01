package io.quiver.engine.index.sparse;

import io.quiver.engine.search.SparseVectorValue;

/**
 * Scores rows of term counts by BM25: the sum over shared terms of {@code idf(t) w(tf, dl)}, times
 * the number of times the query asks for the term, where {@code idf(t) = ln(1 + (N - df + 0.5) /
 * (df + 0.5))} and {@code w} is {@link Bm25Curve#weight}.
 */
public final class Bm25Scorer implements SparseScorer {
  private final int[] terms;
  private final double[] weights;
  private final double meanLength;
  private final Bm25Curve curve;

  /**
   * A scorer.
   *
   * @param query terms and how often each is asked for, more than 0
   * @param statistics of the whole collection, over at least the query's terms
   */
  public Bm25Scorer(SparseVectorValue query, TextStatistics statistics, Bm25Curve curve) {
    this.terms = query.indices();
    this.weights = new double[terms.length];
    for (int i = 0; i < terms.length; i++) {
      if (!(query.weights()[i] > 0)) {
        throw new IllegalArgumentException(
            "Invalid text query: term " + terms[i] + " has count " + query.weights()[i]);
      }
      weights[i] = query.weights()[i] * statistics.inverseDocumentFrequency(terms[i]);
    }
    this.meanLength = statistics.meanLength();
    this.curve = curve;
  }

  @Override
  public int[] terms() {
    return terms;
  }

  @Override
  public double score(SparseRow row) {
    int[] indices = row.indices();
    float[] counts = row.weights();
    int size = row.size();
    double length = 0;
    for (int j = 0; j < size; j++) {
      length += counts[j];
    }
    double relativeLength = length / meanLength;
    double sum = 0;
    boolean shared = false;
    for (int i = 0, j = 0; i < terms.length && j < size; ) {
      int term = terms[i];
      int index = indices[j];
      if (term == index) {
        sum += weights[i] * curve.weight(counts[j], relativeLength);
        shared = true;
      }
      i += term <= index ? 1 : 0;
      j += index <= term ? 1 : 0;
    }
    return shared ? sum : Double.NaN;
  }

  /**
   * Impacts were computed with the mean length the segment had when it was built. With a smaller
   * mean every weight is smaller; with a larger one it grows by at most the ratio of the two.
   */
  @Override
  public double boundPerImpact(int i, InvertedIndex index) {
    return weights[i] * Math.max(1, meanLength / index.meanLength());
  }
}
