package io.quiver.benchmarks.measure;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * Recall against queries a second, a point for each effort, in ascending order of effort.
 *
 * @param points at least one
 */
public record RecallCurve(List<Point> points) {
  /** One effort: recall reached, queries a second by the wall and by the processor. */
  public record Point(int effort, double recall, double wallQps, double cpuQps) {}

  public RecallCurve {
    points = List.copyOf(points);
  }

  /**
   * Queries a second at a level of recall: between the last point below it and the first that
   * reaches it, a straight line through logarithms; at the least effort where that already exceeds
   * the level; empty where no effort reaches it.
   */
  public OptionalDouble at(double recall, ToDoubleFunction<Point> qps) {
    for (int i = 0; i < points.size(); i++) {
      Point reached = points.get(i);
      if (reached.recall() >= recall) {
        if (i == 0) {
          return OptionalDouble.of(qps.applyAsDouble(reached));
        }
        Point below = points.get(i - 1);
        double share = (recall - below.recall()) / (reached.recall() - below.recall());
        double log =
            (1 - share) * Math.log(qps.applyAsDouble(below))
                + share * Math.log(qps.applyAsDouble(reached));
        return OptionalDouble.of(Math.exp(log));
      }
    }
    return OptionalDouble.empty();
  }

  /**
   * No less than the queries a second at a level of recall: those where it is reached, and
   * otherwise the fewest of any effort, since the effort that reached it would be greater still.
   */
  public double atMost(double recall, ToDoubleFunction<Point> qps) {
    return at(recall, qps)
        .orElseGet(() -> points.stream().mapToDouble(qps).min().orElse(Double.NaN));
  }
}
