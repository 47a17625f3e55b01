package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;
import io.quiver.benchmarks.data.VectorSet;

/** Filling alone: every row inserted and found by index, Lucene by forced merge, two threads. */
final class BuildSuite {
  private BuildSuite() {}

  static void run(Settings settings, Findings findings) throws Exception {
    VectorSet set = settings.vectors();
    // The first filling compiles; the second, into folders of its own, is what counts.
    VectorSet few = new VectorSet(set.name(), set.rows().first(5_000), set.queries());
    try (Contenders warm = Contenders.fill(settings, few, new int[0][], new Findings())) {
      System.out.println("  warmed up with " + warm.all().size() + " contenders");
    }
    Settings real = settings.inFolder("filled");
    try (Contenders filled = Contenders.fill(real, set, new int[0][], findings)) {
      System.out.println("  filled " + filled.all().size() + " contenders");
    }
  }
}
