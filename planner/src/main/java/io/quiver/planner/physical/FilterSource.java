package io.quiver.planner.physical;

import io.quiver.engine.search.RowFilter;

/** A condition the engine tests, but for the values that a run brings. */
@FunctionalInterface
public interface FilterSource {
  /** The condition with this run's values. */
  RowFilter filter(Execution execution);

  /** The condition that always holds. */
  FilterSource ALL = execution -> new RowFilter.All();
}
