package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.data.VectorSet;

/**
 * Filling, dense and filtered search of one set whose graphs take too long to be built for each of
 * the three: a set of millions.
 */
final class LargeSuite {
  private LargeSuite() {}

  static void run(Settings settings, Findings findings) throws Exception {
    VectorSet set = settings.vectors();
    FilterCells grid = FilteredSuite.grid(settings, set);
    try (Contenders contenders = Contenders.fill(settings, set, grid.ranks(), findings)) {
      DenseSuite.measure(settings, set, contenders, findings);
      FilteredSuite.measure(settings, grid, contenders, findings);
    }
  }
}
