package io.quiver.engine.kernel;

import io.quiver.engine.schema.VectorElement;

/**
 * The arithmetic of one machine: a kernel per kind of row. Stateless, safe for all threads.
 *
 * <p>{@link #best()} is chosen once: SIMD where the Vector API module was loaded and agrees with
 * the scalar twin on a self-test, scalar otherwise.
 */
public interface DistanceKernels {
  /** Kernels for rows of one element type. */
  RowKernels rows(VectorElement element);

  /** What runs, such as {@code "SIMD, 512 bits"}. */
  String description();

  /** The fastest kernels that work in this process. */
  static DistanceKernels best() {
    return KernelChoice.BEST;
  }

  /** Plain Java, without the Vector API. */
  static DistanceKernels scalar() {
    return ScalarKernels.INSTANCE;
  }
}
