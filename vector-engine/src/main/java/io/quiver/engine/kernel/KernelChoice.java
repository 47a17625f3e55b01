package io.quiver.engine.kernel;

/** Chooses the kernels of this process, once. */
final class KernelChoice {
  static final DistanceKernels BEST = choose();

  private KernelChoice() {}

  private static DistanceKernels choose() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      warn(
          "Quiver searches WITHOUT SIMD, several times slower than it could: start Java with"
              + " --add-modules jdk.incubator.vector");
      return DistanceKernels.scalar();
    }
    return agreeing(SimdKernels.INSTANCE);
  }

  private static DistanceKernels agreeing(DistanceKernels simd) {
    String difference = new KernelSelfTest(simd, DistanceKernels.scalar()).firstDifference();
    if (difference.isEmpty()) {
      return simd;
    }
    warn("Quiver searches WITHOUT SIMD: its self-test failed on this processor: " + difference);
    return DistanceKernels.scalar();
  }

  private static void warn(String line) {
    System.getLogger("io.quiver.engine").log(System.Logger.Level.WARNING, line);
  }
}
