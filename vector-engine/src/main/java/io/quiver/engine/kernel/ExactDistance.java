package io.quiver.engine.kernel;

import io.quiver.engine.schema.DistanceMetric;

/** Distances as they are given out: in double precision, of full vectors. Used by one thread. */
public final class ExactDistance {
  private static final DoubleSums SUMS = DoubleSums.best();

  private final VectorRows rows;
  private final DistanceMetric metric;
  private final RowKernels kernels;
  private final float[] row;
  private final double[] sums = new double[2];
  private float[] query = {};
  private double queryNorm;

  public ExactDistance(VectorRows rows, DistanceMetric metric) {
    this.rows = rows;
    this.metric = metric;
    this.kernels = DistanceKernels.best().rows(rows.element());
    this.row = new float[rows.dimension()];
  }

  /** Sets the query, which is not copied. */
  public void query(float[] vector) {
    query = vector;
    queryNorm = metric == DistanceMetric.COSINE ? Math.sqrt(UnitVector.squaredNorm(vector)) : 0;
  }

  /** The distance from the query to a row. A vector of zeros has cosine distance 1 to any. */
  public double to(int id) {
    kernels.decode(rows.chunk(id >>> rows.chunkShift()), rows.offset(id), row.length, row);
    return switch (metric) {
      case COSINE -> cosine();
      case L2 -> Math.sqrt(squaredL2());
      case INNER_PRODUCT -> 0 - dot();
      case L1 -> l1();
    };
  }

  private double cosine() {
    SUMS.dotAndSquare(query, row, sums);
    double norms = queryNorm * Math.sqrt(sums[1]);
    return norms == 0 ? 1 : Math.clamp(1 - sums[0] / norms, 0, 2);
  }

  private double dot() {
    return SUMS.dot(query, row);
  }

  private double squaredL2() {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      double difference = (double) query[i] - row[i];
      sum += difference * difference;
    }
    return sum;
  }

  private double l1() {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += Math.abs((double) query[i] - row[i]);
    }
    return sum;
  }
}
