package io.quiver.engine.quantize;

import io.quiver.engine.schema.DistanceMetric;

/**
 * Rounds what is left of a vector without the mean to 16 levels a component.
 *
 * <p>A component's step is in proportion to how much it varies, so that none is lost beside a
 * larger one; what is beyond 7.5 steps is clipped. Under L2 and inner product, where rows differ in
 * length, a row's steps are stretched by a scale of its own. Used by one thread.
 */
final class Int4Encoder {
  private static final int LARGEST = 15;

  /** The best step for a normal distribution, in standard deviations. */
  private static final float NORMAL_STEP = .335f;

  /** Steps tried where one serves all rows, in standard deviations. */
  private static final float[] STEPS = {.22f, .26f, .3f, .335f, .37f, .41f, .46f, .52f, .6f};

  /** A component that hardly varies in the sample still gets some room. */
  private static final double DEVIATION_LEAST = .2;

  private final DistanceMetric metric;
  private final float[] mean;
  private final float[] steps;
  private final float[] residual;
  private final byte[] levels;
  private float scale;
  private float squaredLength;

  Int4Encoder(DistanceMetric metric, float[] mean, float[] steps) {
    this.metric = metric;
    this.mean = mean;
    this.steps = steps;
    this.residual = new float[mean.length];
    this.levels = new byte[mean.length];
  }

  /** Encodes a vector; what came out is asked for below. */
  void encode(float[] vector) {
    Int8Encoder.residual(metric, vector, mean, residual);
    scale = metric == DistanceMetric.COSINE ? 1 : rowScale(residual, steps);
    float inverse = 1 / scale;
    double squares = 0;
    for (int i = 0; i < levels.length; i++) {
      int level = level(residual[i] * inverse / steps[i]);
      levels[i] = (byte) level;
      float decoded = (level - Int4Codes.MIDDLE) * steps[i] * scale;
      squares += (double) decoded * decoded;
    }
    squaredLength = metric == DistanceMetric.L2 ? (float) squares : 0;
  }

  byte[] levels() {
    return levels;
  }

  float scale() {
    return scale;
  }

  /** The squared length of what the codes stand for; 0 where it is not needed. */
  float squaredLength() {
    return squaredLength;
  }

  private static int level(float steps) {
    return (int) Math.max(0, Math.min(LARGEST, steps + Int4Codes.MIDDLE + .5f));
  }

  /** The best step of one row, in multiples of the components' own. */
  private static float rowScale(float[] residual, float[] steps) {
    double sum = 0;
    for (int i = 0; i < residual.length; i++) {
      double ratio = (double) residual[i] / steps[i];
      sum += ratio * ratio;
    }
    double deviation = Math.sqrt(sum / residual.length);
    return (float) Math.max(NORMAL_STEP * deviation, Float.MIN_NORMAL);
  }

  /**
   * The components' steps: those for which a sample loses least, or its deviations where each row
   * has a scale besides.
   */
  static float[] steps(float[][] sample, int dimension, DistanceMetric metric) {
    float[] deviations = deviations(sample, dimension);
    if (metric != DistanceMetric.COSINE) {
      return deviations;
    }
    float[] best = deviations;
    double leastError = Double.POSITIVE_INFINITY;
    for (float width : STEPS) {
      float[] steps = scaled(deviations, width);
      double error = error(sample, steps);
      if (error < leastError) {
        leastError = error;
        best = steps;
      }
    }
    return best;
  }

  private static float[] deviations(float[][] sample, int dimension) {
    double[] squares = new double[dimension];
    double all = 0;
    for (float[] row : sample) {
      for (int i = 0; i < dimension; i++) {
        double square = (double) row[i] * row[i];
        squares[i] += square;
        all += square;
      }
    }
    int rows = Math.max(1, sample.length);
    double least = DEVIATION_LEAST * Math.sqrt(all / rows / dimension);
    float[] deviations = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      double deviation = Math.max(least, Math.sqrt(squares[i] / rows));
      deviations[i] = (float) Math.max(1e-30, deviation);
    }
    return deviations;
  }

  private static float[] scaled(float[] values, float by) {
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = values[i] * by;
    }
    return scaled;
  }

  private static double error(float[][] sample, float[] steps) {
    double sum = 0;
    for (float[] row : sample) {
      for (int i = 0; i < row.length; i++) {
        double decoded = (double) (level(row[i] / steps[i]) - Int4Codes.MIDDLE) * steps[i];
        sum += (row[i] - decoded) * (row[i] - decoded);
      }
    }
    return sum;
  }
}
