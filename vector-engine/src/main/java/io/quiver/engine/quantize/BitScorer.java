package io.quiver.engine.quantize;

import io.quiver.engine.kernel.UnitVector;
import io.quiver.engine.schema.DistanceMetric;
import java.util.Arrays;

/**
 * Ranks rows by one bit a component. The query is rotated as they were and rounded to 16 levels,
 * kept as four planes of bits, so that products are counts of bits.
 *
 * <p>The rank is {@code length(row) - factor * estimate(row) * (2 * sum of the query's components
 * where the row has a one - their whole sum)}.
 */
final class BitScorer extends CodeScorer {
  private static final int PLANES = 4;
  private static final int LARGEST = 15;

  private final DistanceMetric metric;
  private final float[] mean;
  private final Rotation rotation;
  private final int bytes;
  private final float[] query;
  private final float[] rotated;
  private final long[] planes;
  private float factor;
  private float least;
  private float step;
  private float sum;

  BitScorer(BitCodes codes) {
    super(codes.image(), codes.codesAt(), BitCodes.strideFor(codes.dimension()));
    this.metric = codes.metric();
    this.mean = codes.mean();
    this.rotation = codes.rotation();
    this.bytes = codes.size() / 8;
    this.query = new float[codes.dimension()];
    this.rotated = new float[codes.size()];
    this.planes = new long[PLANES * stride / 8];
  }

  @Override
  public void query(float[] vector) {
    switch (metric) {
      case COSINE -> {
        UnitVector.scale(vector, query);
        atQuery = (float) (SUMS.dot(query, mean) - 1);
      }
      case L2 -> {
        Int8Encoder.residual(DistanceMetric.L2, vector, mean, query);
        atQuery = (float) -SUMS.dot(query, query);
      }
      case INNER_PRODUCT, L1 -> {
        System.arraycopy(vector, 0, query, 0, query.length);
        atQuery = Float.NEGATIVE_INFINITY;
      }
    }
    System.arraycopy(query, 0, rotated, 0, query.length);
    Arrays.fill(rotated, query.length, rotated.length, 0);
    rotation.apply(rotated);
    factor = metric == DistanceMetric.L2 ? 2 : 1;
    round();
  }

  private void round() {
    least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : rotated) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    step = Math.max((most - least) / LARGEST, Float.MIN_NORMAL);
    float inverse = 1 / step;
    int words = stride / 8;
    Arrays.fill(planes, 0);
    int levels = 0;
    for (int i = 0; i < rotated.length; i++) {
      int level = (int) ((rotated[i] - least) * inverse + .5f);
      levels += level;
      for (int plane = 0; plane < PLANES; plane++) {
        planes[plane * words + (i >>> 6)] |= (long) (level >>> plane & 1) << i;
      }
    }
    sum = least * rotated.length + step * levels;
  }

  @Override
  void products(long[] rowOffsets, int count, float[] ranks, int at) {
    kernels.bits(planes, image, rowOffsets, count, stride, ranks, at);
  }

  @Override
  void finish(int[] rows, int count, float[] ranks) {
    for (int i = 0; i < count; i++) {
      long factors = offset(rows[i]) + bytes;
      float estimate = image.get(CodeHeader.FLOAT, factors);
      float length = image.get(CodeHeader.FLOAT, factors + 4);
      int ones = image.get(CodeHeader.INT, factors + 8);
      float atOnes = least * ones + step * ranks[i];
      ranks[i] = length - factor * estimate * (2 * atOnes - sum);
    }
  }
}
