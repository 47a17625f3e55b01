package io.quiver.engine.kernel;

import io.quiver.engine.schema.VectorElement;

/** Plain Java for every kind of row: what runs without the Vector API, and what SIMD is held to. */
final class ScalarKernels implements DistanceKernels {
  static final ScalarKernels INSTANCE = new ScalarKernels();

  private ScalarKernels() {}

  @Override
  public RowKernels rows(VectorElement element) {
    return switch (element) {
      case FLOAT32 -> ScalarFloat32.INSTANCE;
      case FLOAT16 -> ScalarFloat16.INSTANCE;
      case INT8 -> ScalarInt8.INSTANCE;
    };
  }

  @Override
  public String description() {
    return "scalar";
  }
}
