package io.quiver.examples.rag;

import java.util.List;
import java.util.Set;

/**
 * Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen, 2002): 1 where
 * what is relevant stands first, 0 where none of it was found. Every relevant document counts one.
 */
final class Gain {
  private static final int DEPTH = 10;

  private Gain() {}

  /**
   * @param ranking ids, best first
   * @param relevant at least one
   */
  static double atTen(List<String> ranking, Set<String> relevant) {
    double gain = 0;
    for (int place = 0; place < Math.min(DEPTH, ranking.size()); place++) {
      if (relevant.contains(ranking.get(place))) {
        gain += discount(place);
      }
    }
    double ideal = 0;
    for (int place = 0; place < Math.min(DEPTH, relevant.size()); place++) {
      ideal += discount(place);
    }
    return gain / ideal;
  }

  private static double discount(int place) {
    return Math.log(2) / Math.log(place + 2);
  }
}
