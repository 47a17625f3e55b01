package io.quiver.planner.filter;

import io.quiver.engine.search.RowFilter;
import io.quiver.planner.expression.Bindings;

/** A filter that waits for its parameters. */
@FunctionalInterface
public interface FilterPlan {
  /** Admits every row. */
  FilterPlan ALL = bindings -> new RowFilter.All();

  /** The filter for one run. */
  RowFilter bind(Bindings bindings);
}
