package io.quiver.jdbc.meta;

import io.quiver.engine.search.SearchStoppedException;
import io.quiver.engine.search.StopSignal;

/** Says to one execution of a statement that it was cancelled, or that its time is over. */
final class StopFlag implements StopSignal {
  private final long limitMillis;
  private final long deadline;
  private volatile boolean cancelled;

  /**
   * @param limitMillis from now on; 0 for no limit
   */
  StopFlag(long limitMillis) {
    this.limitMillis = limitMillis;
    this.deadline = limitMillis > 0 ? System.nanoTime() + limitMillis * 1_000_000 : 0;
  }

  /** From any thread. */
  void cancel() {
    cancelled = true;
  }

  @Override
  public void check() {
    if (cancelled) {
      throw new SearchStoppedException("The statement was cancelled", false);
    }
    if (limitMillis > 0 && System.nanoTime() - deadline >= 0) {
      throw new SearchStoppedException(
          "the statement ran longer than its limit of " + limitMillis + " ms", true);
    }
  }
}
