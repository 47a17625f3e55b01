package io.quiver.engine.index.multivector;

import io.quiver.engine.kernel.MaxSimKernels;
import org.jspecify.annotations.Nullable;

/**
 * A multivector to compare with: its rows brought to length 1 and transposed as {@link
 * MaxSimKernels} wants them, once for all segments. Immutable, safe for many threads.
 */
public final class MaxSimQuery {
  private final MaxSimKernels kernels;
  private final int rows;
  private final int dimension;
  private final float[] transposed;
  private @Nullable Encoded encoded;

  /** What a shape made of it. */
  private record Encoded(MuveraShape shape, float[] encoding) {}

  /**
   * Prepares a query for the fastest kernels.
   *
   * @param query any number of finite rows, each of {@code dimension} components; a row of zeros
   *     has no direction and adds nothing to any score; without rows nothing is found
   */
  public MaxSimQuery(float[][] query, int dimension) {
    this(query, dimension, MaxSimKernels.best());
  }

  MaxSimQuery(float[][] query, int dimension, MaxSimKernels kernels) {
    this.kernels = kernels;
    this.rows = query.length;
    this.dimension = dimension;
    this.transposed = new float[Math.multiplyExact(groups() * kernels.lanes(), dimension)];
    for (int i = 0; i < rows; i++) {
      if (query[i].length != dimension) {
        throw new IllegalArgumentException(
            "Query row " + i + " has " + query[i].length + " dimensions, not " + dimension);
      }
      double inverse = inverseLength(query[i]);
      int lanes = kernels.lanes();
      for (int d = 0; d < dimension; d++) {
        transposed[((i / lanes) * dimension + d) * lanes + i % lanes] =
            (float) (query[i][d] * inverse);
      }
    }
  }

  private static double inverseLength(float[] row) {
    double sum = 0;
    for (float component : row) {
      sum += (double) component * component;
    }
    return sum == 0 ? 0 : 1 / Math.sqrt(sum);
  }

  /** Rows of the query. */
  public int rows() {
    return rows;
  }

  int dimension() {
    return dimension;
  }

  MaxSimKernels kernels() {
    return kernels;
  }

  /** Groups of query rows, the last one padded. */
  int groups() {
    return (rows + kernels.lanes() - 1) / kernels.lanes();
  }

  /** The rows as given but of length 1, one after the other. */
  float[] units() {
    float[] units = new float[rows * dimension];
    int lanes = kernels.lanes();
    for (int i = 0; i < rows; i++) {
      for (int d = 0; d < dimension; d++) {
        units[i * dimension + d] = transposed[((i / lanes) * dimension + d) * lanes + i % lanes];
      }
    }
    return units;
  }

  /**
   * Its encoding as indexes of a shape have it, worked out once for all segments whose index is of
   * that shape. Not to be changed.
   */
  synchronized float[] encoded(FixedDimensionalEncoding encoding, MuveraShape shape) {
    Encoded known = encoded;
    if (known == null || !known.shape.equals(shape)) {
      known = new Encoded(shape, new float[shape.size()]);
      encoding.new Encoder().query(units(), rows, known.encoding);
      encoded = known;
    }
    return known.encoding;
  }

  float[] transposed() {
    return transposed;
  }
}
