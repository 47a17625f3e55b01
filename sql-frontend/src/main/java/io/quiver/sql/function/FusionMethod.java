package io.quiver.sql.function;

import java.util.Locale;
import java.util.Optional;

/** How the scores of several searches become one. */
public enum FusionMethod {
  /**
   * Reciprocal rank fusion: the sum of weight / (k + place). Cormack, Clarke and Büttcher, SIGIR
   * 2009.
   */
  RRF,
  /**
   * Distribution-based: each score as its place between three standard deviations below the mean of
   * its leg, 0, and three above, 1; then the weighted sum.
   */
  DBSF,
  /** The weighted sum of the scores as they are. */
  LINEAR;

  /** The method a user's word means. */
  public static Optional<FusionMethod> of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "rrf" -> Optional.of(RRF);
      case "dbsf" -> Optional.of(DBSF);
      case "linear" -> Optional.of(LINEAR);
      default -> Optional.empty();
    };
  }

  /** Whether it needs scores; places alone do for the others. */
  public boolean needsScores() {
    return this != RRF;
  }

  /** As users write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
