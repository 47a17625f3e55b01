package io.quiver.engine.quantize;

import io.quiver.engine.kernel.DistanceKernels;
import io.quiver.engine.kernel.RowKernels;
import io.quiver.engine.kernel.UnitVector;
import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.schema.DistanceMetric;

/** Learns mean and steps from rows taken at even distances. */
final class CodeTraining {
  private static final int ROWS_FOR_MEAN = 10_000;
  private static final int ROWS_FOR_SCALE = 1_000;
  private static final int CLIPPINGS = 12;

  private final VectorRows rows;
  private final DistanceMetric metric;
  private final RowKernels kernels;
  private final float[] vector;

  CodeTraining(VectorRows rows, DistanceMetric metric) {
    this.rows = rows;
    this.metric = metric;
    this.kernels = DistanceKernels.best().rows(rows.element());
    this.vector = new float[rows.dimension()];
  }

  /** Zeros under inner product: moving the origin would change the ranking. */
  float[] mean() {
    double[] sums = new double[vector.length];
    int taken = 0;
    if (metric != DistanceMetric.INNER_PRODUCT) {
      int step = Math.max(1, rows.rows() / ROWS_FOR_MEAN);
      for (int row = 0; row < rows.rows(); row += step) {
        if (!rows.isNull(row)) {
          add(row, sums);
          taken++;
        }
      }
    }
    float[] mean = new float[vector.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = taken == 0 ? 0 : (float) (sums[i] / taken);
    }
    return mean;
  }

  private void add(int row, double[] sums) {
    read(row);
    if (metric == DistanceMetric.COSINE) {
      UnitVector.scale(vector, vector);
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] += vector[i];
    }
  }

  /**
   * The common step with the least squared error: a smaller step rounds finer and clips more, and
   * which is better depends on how heavy the tails are.
   */
  float scale(float[] mean) {
    float[][] sample = sample(mean);
    float largest = Float.MIN_NORMAL;
    for (float[] residual : sample) {
      largest = Math.max(largest, Int8Encoder.step(residual));
    }
    float best = largest;
    double leastError = Double.POSITIVE_INFINITY;
    for (int i = 0; i < CLIPPINGS; i++) {
      float step = largest * (CLIPPINGS - i) / CLIPPINGS;
      double error = error(sample, step);
      if (error < leastError) {
        leastError = error;
        best = step;
      }
    }
    return best;
  }

  /** What is left of some rows once the mean is taken off; zeros for a row without a vector. */
  float[][] sample(float[] mean) {
    int count = Math.min(ROWS_FOR_SCALE, rows.rows());
    float[][] sample = new float[count][mean.length];
    for (int i = 0; i < count; i++) {
      int row = (int) ((long) i * rows.rows() / count);
      if (!rows.isNull(row)) {
        read(row);
        Int8Encoder.residual(metric, vector, mean, sample[i]);
      }
    }
    return sample;
  }

  private static double error(float[][] sample, float step) {
    double sum = 0;
    for (float[] residual : sample) {
      for (float value : residual) {
        double difference = value - step * Int8Encoder.code(value / step);
        sum += difference * difference;
      }
    }
    return sum;
  }

  private void read(int row) {
    kernels.decode(rows.chunk(row >>> rows.chunkShift()), rows.offset(row), vector.length, vector);
  }
}
