package io.quiver.engine.kernel;

import java.lang.foreign.MemorySegment;

/**
 * The arithmetic of MaxSim (Khattab and Zaharia, "ColBERT", 2020). Stateless, safe for all threads.
 *
 * <p>The query is transposed: its rows are cut into groups of {@link #lanes()}, and within a group
 * the first components of all rows stand together, then the second, and so on; component {@code d}
 * of row {@code i} is at {@code ((i / lanes) * dimension + d) * lanes + i % lanes}. So each
 * component of a token is multiplied with a whole register of query rows, nothing is ever summed
 * across a register, and the largest product is kept lane by lane.
 */
public interface MaxSimKernels {
  /** Query rows of a group. */
  int lanes();

  /**
   * Reads tokens that lie one after the other as half floats.
   *
   * @param rows off the heap, little-endian
   * @param offset of the first token's first component
   * @param tokens gets {@code count * dimension} components, token after token
   * @param inverseLengths gets one over the length of each token; 0 for a token of zeros
   */
  void read(
      MemorySegment rows,
      long offset,
      int count,
      int dimension,
      float[] tokens,
      float[] inverseLengths);

  /**
   * Raises, for each query row, the largest cosine seen so far.
   *
   * @param query transposed, {@code groups * lanes * dimension} components, rows of length 1
   * @param tokens {@code count * dimension} components, token after token
   * @param inverseLengths of the tokens
   * @param largest one a query row, padding included
   */
  void raise(
      float[] query,
      int groups,
      float[] tokens,
      float[] inverseLengths,
      int count,
      int dimension,
      float[] largest);

  /** The fastest kernels that work in this process. */
  static MaxSimKernels best() {
    return DistanceKernels.best() instanceof SimdKernels
        ? SimdMaxSim.INSTANCE
        : ScalarMaxSim.INSTANCE;
  }

  /** Plain Java, without the Vector API. */
  static MaxSimKernels scalar() {
    return ScalarMaxSim.INSTANCE;
  }
}
