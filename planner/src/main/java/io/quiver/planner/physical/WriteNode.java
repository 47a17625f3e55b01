package io.quiver.planner.physical;

import java.util.List;

/**
 * What a write does with the rows of its source, for EXPLAIN alone: writes are carried out by
 * {@code planner.write}.
 *
 * @param describe one line
 */
public record WriteNode(String describe, List<PlanNode> inputs) implements PlanNode {
  public WriteNode {
    inputs = List.copyOf(inputs);
  }

  @Override
  public RowSource open(Execution execution) {
    throw new IllegalStateException("A write is not run as a query: " + describe);
  }
}
