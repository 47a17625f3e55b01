package io.quiver.engine.index;

import io.quiver.engine.schema.DistanceMetric;

/** Distances of two vectors by their definitions, in double precision, to compare others with. */
public final class ExpectedDistance {
  private ExpectedDistance() {}

  /** Less is nearer, as a search gives it. */
  public static double of(DistanceMetric metric, float[] a, float[] b) {
    double dot = 0;
    double squares = 0;
    double sum = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      dot += (double) a[i] * b[i];
      squares += difference * difference;
      sum += Math.abs(difference);
      aa += (double) a[i] * a[i];
      bb += (double) b[i] * b[i];
    }
    return switch (metric) {
      case COSINE -> Math.max(0, 1 - dot / (Math.sqrt(aa) * Math.sqrt(bb)));
      case L2 -> Math.sqrt(squares);
      case INNER_PRODUCT -> -dot;
      case L1 -> sum;
    };
  }
}
