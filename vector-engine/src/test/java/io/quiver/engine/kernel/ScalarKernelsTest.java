package io.quiver.engine.kernel;

class ScalarKernelsTest extends DistanceKernelsContract {
  @Override
  DistanceKernels kernels() {
    return DistanceKernels.scalar();
  }
}
