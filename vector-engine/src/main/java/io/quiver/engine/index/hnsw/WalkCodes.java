package io.quiver.engine.index.hnsw;

import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.quantize.RowCodes;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.Quantization;

/** Decides what a walk reads. */
final class WalkCodes {
  private WalkCodes() {}

  /**
   * The codes to build; {@link Quantization#AUTO} where a {@link RecallProbe} of the finished graph
   * is to decide between int8 and smaller ones.
   *
   * <p>{@code AUTO} does without codes where int8 ones do not halve the bytes of a row at least.
   *
   * @throws IllegalArgumentException if codes are asked for that do not serve the metric
   */
  static Quantization resolve(Quantization asked, DistanceMetric metric, VectorRows rows) {
    return switch (asked) {
      case NONE -> Quantization.NONE;
      case AUTO -> {
        int bytes = rows.dimension() * rows.element().bytes();
        boolean smaller = 2 * RowCodes.strideFor(Quantization.INT8, rows.dimension()) <= bytes;
        yield smaller && RowCodes.serves(metric) ? Quantization.AUTO : Quantization.NONE;
      }
      case INT8, INT4, BIT -> {
        if (!RowCodes.serves(metric)) {
          throw new IllegalArgumentException(
              "Quantization " + asked + " does not serve metric " + metric + ": use AUTO or NONE");
        }
        yield asked;
      }
    };
  }
}
