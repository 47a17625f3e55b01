package io.quiver.engine.schema;

/** How far apart two vectors are. A distance is always smaller for nearer vectors. */
public enum DistanceMetric {
  /** {@code 1 - cos(a, b)}, between 0 and 2. A vector of zeros has no direction and is refused. */
  COSINE,
  /** Euclidean distance. */
  L2,
  /** The negative of the dot product. */
  INNER_PRODUCT,
  /** Sum of absolute differences. */
  L1;

  /** The score that belongs to a distance: larger is better. */
  public double score(double distance) {
    return switch (this) {
      case COSINE -> 1 - distance;
      case INNER_PRODUCT -> -distance;
      case L2, L1 -> 1 / (1 + distance);
    };
  }
}
