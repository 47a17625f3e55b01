package io.quiver.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimdKernelsTest extends DistanceKernelsContract {
  @Override
  DistanceKernels kernels() {
    return SimdKernels.INSTANCE;
  }

  @Test
  void theyAreChosenWhereTheVectorApiIs() {
    assertThat(DistanceKernels.best()).isSameAs(SimdKernels.INSTANCE);
  }

  @Test
  void theSelfTestNamesADifference() {
    assertThat(new KernelSelfTest(SimdKernels.INSTANCE, DistanceKernels.scalar()).firstDifference())
        .isEmpty();
  }
}
