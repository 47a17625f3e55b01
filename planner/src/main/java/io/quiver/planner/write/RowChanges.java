package io.quiver.planner.write;

import io.quiver.planner.physical.Execution;

/** What a write changes, ready to run; holds no state. */
interface RowChanges {
  /**
   * Adds the changes of one run to a buffer.
   *
   * @return rows changed
   */
  long collect(Execution execution, RowBuffer buffer);

  /** Whether a conflict with another writer can be cured by running again. */
  boolean readsBeforeItWrites();
}
