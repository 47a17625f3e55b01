package io.quiver.planner.physical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * UNION without ALL, INTERSECT and EXCEPT: the rows of the first input that belong to the result,
 * in its order, told apart as GROUP BY does it.
 *
 * @param inputs the first, and those it is compared with
 * @param all whether a row counts as often as it is there
 */
record SetNode(Operation operation, List<PlanNode> inputs, boolean all) implements PlanNode {
  private static final int STOP_EVERY = 1024;

  /** What is made of the inputs. A union has one, which gives the rows of all. */
  enum Operation {
    UNION("Union"),
    INTERSECT("Intersect"),
    EXCEPT("Minus");

    private final String label;

    Operation(String label) {
      this.label = label;
    }
  }

  @Override
  public RowSource open(Execution execution) {
    List<Map<Object, Integer>> others = new ArrayList<>();
    for (PlanNode other : inputs.subList(1, inputs.size())) {
      // An EXCEPT takes away what any of the others has.
      boolean first = others.isEmpty() || operation == Operation.INTERSECT;
      Map<Object, Integer> counts = first ? new HashMap<>() : others.getFirst();
      count(other, execution, counts);
      if (first) {
        others.add(counts);
      }
    }
    return new Members(execution, execution.open(inputs.getFirst()), others);
  }

  /** Adds how often each row of an input is there. */
  private static void count(PlanNode input, Execution execution, Map<Object, Integer> counts) {
    try (RowSource source = execution.open(input)) {
      int read = 0;
      @Nullable Object[] row = source.next();
      while (row != null) {
        if (counts.merge(GroupKey.of(row), 1, Integer::sum) == 1) {
          execution.memory().keep(row);
        }
        if (++read % STOP_EVERY == 0) {
          execution.bindings().stop().check();
        }
        row = source.next();
      }
    }
  }

  private final class Members implements RowSource {
    private final Execution execution;
    private final RowSource source;
    private final List<Map<Object, Integer>> others;
    private final Set<Object> given = new HashSet<>();
    private int read;

    Members(Execution execution, RowSource source, List<Map<Object, Integer>> others) {
      this.execution = execution;
      this.source = source;
      this.others = others;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      @Nullable Object @Nullable [] row = source.next();
      while (row != null) {
        if (isMember(row)) {
          return row;
        }
        if (++read % STOP_EVERY == 0) {
          execution.bindings().stop().check();
        }
        row = source.next();
      }
      return null;
    }

    private boolean isMember(@Nullable Object[] row) {
      Object key = GroupKey.of(row);
      if (!all && !given.add(key)) {
        return false;
      }
      if (!all) {
        execution.memory().keep(row);
      }
      boolean everywhere = others.stream().allMatch(each -> each.getOrDefault(key, 0) > 0);
      if (all && everywhere) {
        others.forEach(each -> each.merge(key, -1, Integer::sum));
      }
      return everywhere == (operation != Operation.EXCEPT);
    }

    @Override
    public void close() {
      source.close();
    }
  }

  @Override
  public String describe() {
    return operation.label + (all ? "(all)" : "");
  }
}
