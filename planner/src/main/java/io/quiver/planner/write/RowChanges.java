package io.quiver.planner.write;

import io.quiver.engine.DuplicateKeyException;
import io.quiver.planner.physical.Execution;
import io.quiver.planner.physical.PlanNode;
import io.quiver.sql.catalog.Privilege;
import java.util.Set;

/** What a write changes, ready to run; holds no state. */
interface RowChanges {
  /**
   * Adds the changes of one run to a buffer.
   *
   * @return rows changed
   */
  long collect(Execution execution, RowBuffer buffer);

  /** Whether a row found in the way is one that it says what to do with, and will see now. */
  default boolean expects(DuplicateKeyException duplicate) {
    return false;
  }

  /** What it does, and the plan of the rows it does it with, for EXPLAIN. */
  PlanNode explained();

  /** What its user must be allowed, as a set of its own. */
  Set<Privilege> privileges();

  /** Whether a conflict with another writer can be cured by running again. */
  boolean readsBeforeItWrites();
}
