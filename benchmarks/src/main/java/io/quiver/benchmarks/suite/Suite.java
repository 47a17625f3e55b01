package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;

/** A comparison that {@code --only} can name. */
public enum Suite {
  DENSE(true, DenseSuite::run),
  FILTERED(true, FilteredSuite::run),
  BUILD(true, BuildSuite::run),
  INSERT(false, InsertSuite::run),
  SPARSE(false, SparseSuite::run),
  MAXSIM(false, MaxSimSuite::run),
  MEMORY(true, MemorySuite::run),
  SQL(false, SqlSuite::run),
  WIRE(false, WireSuite::run),
  MIXED(false, MixedSuite::run),
  KERNELS(false, KernelsSuite::run);

  /** The work of a suite. */
  interface Work {
    void run(Settings settings, Findings findings) throws Exception;
  }

  private final boolean scalesUp;
  private final Work work;

  Suite(boolean scalesUp, Work work) {
    this.scalesUp = scalesUp;
    this.work = work;
  }

  /** Whether {@code --full} runs it on generated sets of millions too. */
  public boolean scalesUp() {
    return scalesUp;
  }

  /** Runs in this process. */
  public void run(Settings settings, Findings findings) throws Exception {
    work.run(settings, findings);
  }
}
