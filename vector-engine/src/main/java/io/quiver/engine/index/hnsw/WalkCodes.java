package io.quiver.engine.index.hnsw;

import io.quiver.engine.kernel.VectorRows;
import io.quiver.engine.quantize.Int8Codes;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.Quantization;

/** Decides what a walk reads. */
final class WalkCodes {
  private WalkCodes() {}

  /**
   * The codes to build, {@link Quantization#NONE} or {@link Quantization#INT8}.
   *
   * <p>{@code AUTO} takes int8 codes where they halve the bytes of a row at least.
   *
   * @throws IllegalArgumentException if codes are asked for that there are not
   */
  static Quantization resolve(Quantization asked, DistanceMetric metric, VectorRows rows) {
    return switch (asked) {
      case NONE -> Quantization.NONE;
      case AUTO -> {
        int bytes = rows.dimension() * rows.element().bytes();
        boolean smaller = 2 * Int8Codes.strideFor(rows.dimension()) <= bytes;
        yield smaller && Int8Codes.serves(metric) ? Quantization.INT8 : Quantization.NONE;
      }
      case INT8 -> {
        if (!Int8Codes.serves(metric)) {
          throw new IllegalArgumentException(
              "Quantization INT8 does not serve metric " + metric + ": use AUTO or NONE");
        }
        yield Quantization.INT8;
      }
      case INT4, BIT ->
          throw new IllegalArgumentException(
              "Quantization " + asked + " is not built yet: use AUTO, INT8 or NONE");
    };
  }
}
