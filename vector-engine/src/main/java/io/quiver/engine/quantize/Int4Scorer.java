package io.quiver.engine.quantize;

import io.quiver.engine.kernel.Int4Query;
import io.quiver.engine.kernel.UnitVector;
import io.quiver.engine.schema.DistanceMetric;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Ranks rows by half a byte a component. The components' steps go into the query, which is then
 * rounded to signed bytes.
 *
 * <p>The rank is {@code length(row) - factor * scale(row) * (product - middle)}, where {@code
 * middle} takes the levels' middle off all components; under cosine it and all that is of the row
 * are left out.
 */
final class Int4Scorer extends CodeScorer {
  private final DistanceMetric metric;
  private final float[] mean;
  private final float[] steps;
  private final float[] query;
  private final RoundedQuery rounded;
  private final Int4Query halfBytes;
  private final @Nullable MemorySegment factors;
  private float factor;
  private float middle;

  Int4Scorer(Int4Codes codes) {
    super(codes.image(), codes.codesAt(), Int4Codes.strideFor(codes.dimension()));
    this.metric = codes.metric();
    this.mean = codes.mean();
    this.steps = codes.steps();
    this.query = new float[mean.length];
    this.rounded = new RoundedQuery(mean.length, 2 * stride);
    this.halfBytes = kernels.int4(stride);
    this.factors = codes.factors();
  }

  @Override
  public void query(float[] vector) {
    double atRest;
    switch (metric) {
      case COSINE -> {
        UnitVector.scale(vector, query);
        atRest = SUMS.dot(query, mean) - 1;
      }
      case L2 -> {
        Int8Encoder.residual(DistanceMetric.L2, vector, mean, query);
        atRest = -SUMS.dot(query, query);
      }
      default -> {
        System.arraycopy(vector, 0, query, 0, query.length);
        atRest = Double.NEGATIVE_INFINITY;
      }
    }
    for (int i = 0; i < query.length; i++) {
      query[i] *= steps[i];
    }
    rounded.round(query);
    halfBytes.set(rounded.components());
    factor = metric == DistanceMetric.L2 ? 2 * rounded.step() : rounded.step();
    middle = Int4Codes.MIDDLE * rounded.sum();
    atQuery = (float) (metric == DistanceMetric.COSINE ? atRest - factor * middle : atRest);
  }

  @Override
  void products(long[] rowOffsets, int count, float[] ranks, int at) {
    halfBytes.products(image, rowOffsets, count, ranks, at);
  }

  @Override
  void finish(int[] rows, int count, float[] ranks) {
    MemorySegment perRow = factors;
    if (perRow == null) {
      for (int i = 0; i < count; i++) {
        ranks[i] *= -factor;
      }
    } else {
      for (int i = 0; i < count; i++) {
        long at = 8L * rows[i];
        float scaled = factor * perRow.get(CodeHeader.FLOAT, at) * (ranks[i] - middle);
        ranks[i] = perRow.get(CodeHeader.FLOAT, at + 4) - scaled;
      }
    }
  }
}
