package io.quiver.benchmarks.measure;

import java.util.Arrays;

/**
 * How long one call took, in nanoseconds.
 *
 * @param wall by the clock on the wall
 * @param cpu of all Java threads of the process
 */
public record Timing(double wall, double cpu) {
  /** The median of each, over rounds. */
  public static Timing median(Timing[] rounds) {
    return new Timing(
        median(Arrays.stream(rounds).mapToDouble(Timing::wall).toArray()),
        median(Arrays.stream(rounds).mapToDouble(Timing::cpu).toArray()));
  }

  static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
