package io.quiver.planner;

import io.quiver.engine.Snapshot;
import io.quiver.sql.catalog.TableDefinition;

/**
 * The table a plan was made for has been defined anew since; the statement is to be planned again.
 */
public final class StalePlanException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private StalePlanException(String table) {
    super("Table " + table + " was changed since the statement was planned");
  }

  /** Throws unless the snapshot has the table as the plan knows it. */
  public static void check(TableDefinition planned, Snapshot snapshot) {
    boolean same;
    try {
      same = snapshot.collection(planned.id()).schema().version() == planned.version();
    } catch (IllegalArgumentException dropped) {
      same = false;
    }
    if (!same) {
      throw new StalePlanException(planned.name());
    }
  }
}
