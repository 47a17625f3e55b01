package io.quiver.engine.index.sparse;

/**
 * How a term's frequency counts in BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
 * Framework", 2009): it saturates, and long documents need more of it.
 *
 * @param k1 how slowly frequency saturates, finite and at least 0
 * @param b how much length matters, 0 to 1
 */
public record Bm25Curve(double k1, double b) {
  public Bm25Curve {
    if (!(k1 >= 0 && k1 <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException("Invalid k1: " + k1 + " is not a number from 0");
    }
    if (!(b >= 0 && b <= 1)) {
      throw new IllegalArgumentException("Invalid b: " + b + " is not between 0 and 1");
    }
  }

  /**
   * {@code tf (k1 + 1) / (tf + k1 (1 - b + b l))}.
   *
   * @param frequency occurrences of the term, more than 0
   * @param relativeLength length of the document over the mean length
   */
  public double weight(double frequency, double relativeLength) {
    return frequency * (k1 + 1) / (frequency + k1 * (1 - b + b * relativeLength));
  }
}
