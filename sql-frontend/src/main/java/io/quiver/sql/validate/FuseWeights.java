package io.quiver.sql.validate;

import java.util.Optional;

/** What each leg of a fusion counts, from text such as {@code 0.7,0.3}. */
public final class FuseWeights {
  private FuseWeights() {}

  /** As many numbers of at least 0 as there are legs; empty where the text is not that. */
  public static Optional<double[]> read(String text, int legs) {
    String[] parts = text.split(",", -1);
    if (parts.length != legs) {
      return Optional.empty();
    }
    double[] weights = new double[legs];
    for (int i = 0; i < legs; i++) {
      try {
        weights[i] = Double.parseDouble(parts[i].strip());
      } catch (NumberFormatException e) {
        return Optional.empty();
      }
      if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(weights);
  }
}
