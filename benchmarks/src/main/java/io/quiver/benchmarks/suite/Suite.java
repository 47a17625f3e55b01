package io.quiver.benchmarks.suite;

import io.quiver.benchmarks.Settings;

/** A comparison that {@code --only} can name. */
public enum Suite {
  DENSE(Sets.SMALL, DenseSuite::run),
  FILTERED(Sets.SMALL, FilteredSuite::run),
  TENANTS(Sets.SMALL, TenantSuite::run),
  BUILD(Sets.SMALL, BuildSuite::run),
  LARGE(Sets.LARGE, LargeSuite::run),
  INSERT(Sets.SMALL, InsertSuite::run),
  SPARSE(Sets.SMALL, SparseSuite::run),
  MAXSIM(Sets.SMALL, MaxSimSuite::run),
  MEMORY(Sets.BOTH, MemorySuite::run),
  SQL(Sets.SMALL, SqlSuite::run),
  WIRE(Sets.SMALL, WireSuite::run),
  MIXED(Sets.SMALL, MixedSuite::run),
  KERNELS(Sets.SMALL, KernelsSuite::run);

  /** The work of a suite. */
  interface Work {
    void run(Settings settings, Findings findings) throws Exception;
  }

  /** The sets a suite is run on: docs60k, those of millions that {@code --full} makes, or both. */
  private enum Sets {
    SMALL,
    LARGE,
    BOTH
  }

  private final Sets sets;
  private final Work work;

  Suite(Sets sets, Work work) {
    this.sets = sets;
    this.work = work;
  }

  /** Whether it is run on docs60k, or what takes its place. */
  public boolean takesSmallSets() {
    return sets != Sets.LARGE;
  }

  /** Whether {@code --full} runs it on generated sets of millions. */
  public boolean takesLargeSets() {
    return sets != Sets.SMALL;
  }

  /** Runs in this process. */
  public void run(Settings settings, Findings findings) throws Exception {
    work.run(settings, findings);
  }
}
