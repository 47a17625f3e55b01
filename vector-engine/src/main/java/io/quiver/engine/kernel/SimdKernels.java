package io.quiver.engine.kernel;

import io.quiver.engine.schema.VectorElement;
import jdk.incubator.vector.FloatVector;

/**
 * The Vector API for every kind of row, at the width the processor prefers.
 *
 * <p>A fixed width would be a hundred times slower where the processor has a smaller one. Loaded
 * only where the module {@code jdk.incubator.vector} is.
 */
final class SimdKernels implements DistanceKernels {
  static final SimdKernels INSTANCE = new SimdKernels();

  private SimdKernels() {}

  @Override
  public RowKernels rows(VectorElement element) {
    return switch (element) {
      case FLOAT32 -> SimdFloat32.INSTANCE;
      case FLOAT16 -> SimdFloat16.INSTANCE;
      case INT8 -> SimdInt8.INSTANCE;
    };
  }

  @Override
  public String description() {
    return "SIMD, " + FloatVector.SPECIES_PREFERRED.vectorBitSize() + " bits";
  }
}
