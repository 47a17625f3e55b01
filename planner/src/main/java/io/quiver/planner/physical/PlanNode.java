package io.quiver.planner.physical;

import java.util.List;

/** A part of a plan that runs. Immutable; may be open many times at once. */
public interface PlanNode {
  /** Begins a run; callers go through {@link Execution#open}, which counts where asked to. */
  RowSource open(Execution execution);

  /** The nodes it reads from. */
  List<PlanNode> inputs();

  /** One line for EXPLAIN, such as {@code Filter(condition=[...])}. */
  String describe();
}
