package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;

/**
 * Every left row against every right row: for conditions that generated code cannot express, such
 * as a distance between vectors of both sides.
 */
record NestedLoopJoinNode(
    PlanNode left,
    PlanNode right,
    Evaluator condition,
    JoinRelType type,
    int leftFields,
    int rightFields,
    String label)
    implements PlanNode {
  @Override
  public RowSource open(Execution execution) {
    List<@Nullable Object[]> rights = new ArrayList<>();
    try (RowSource source = execution.open(right)) {
      @Nullable Object[] row = source.next();
      while (row != null) {
        execution.memory().keep(row);
        rights.add(row);
        row = source.next();
      }
    }
    return new Joined(execution, execution.open(left), rights);
  }

  private final class Joined implements RowSource {
    private final Execution execution;
    private final RowSource lefts;
    private final List<@Nullable Object[]> rights;
    private final BitSet matchedRights = new BitSet();
    private @Nullable Object @Nullable [] leftRow;
    private int next;
    private boolean matched;
    private boolean leftsDone;

    Joined(Execution execution, RowSource lefts, List<@Nullable Object[]> rights) {
      this.execution = execution;
      this.lefts = lefts;
      this.rights = rights;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      while (!leftsDone) {
        if (leftRow == null) {
          leftRow = lefts.next();
          next = 0;
          matched = false;
          if (leftRow == null) {
            leftsDone = true;
            next = 0;
            break;
          }
          execution.bindings().stop().check();
        }
        @Nullable Object[] result = withLeft(leftRow);
        if (result != null) {
          return result;
        }
      }
      return unmatchedRight();
    }

    private @Nullable Object @Nullable [] withLeft(@Nullable Object[] row) {
      while (next < rights.size()) {
        int index = next++;
        @Nullable Object[] both = CorrelateNode.joined(row, rights.get(index));
        if (condition.isTrue(both, execution.bindings())) {
          matched = true;
          matchedRights.set(index);
          switch (type) {
            case SEMI -> {
              leftRow = null;
              return row;
            }
            case ANTI -> {
              leftRow = null;
              return null;
            }
            default -> {
              return both;
            }
          }
        }
      }
      leftRow = null;
      if (matched) {
        return null;
      }
      return switch (type) {
        case ANTI -> row;
        case LEFT, FULL -> Arrays.copyOf(row, leftFields + rightFields);
        default -> null;
      };
    }

    private @Nullable Object @Nullable [] unmatchedRight() {
      if (type != JoinRelType.RIGHT && type != JoinRelType.FULL) {
        return null;
      }
      while (next < rights.size()) {
        int index = next++;
        if (!matchedRights.get(index)) {
          return CorrelateNode.joined(new Object[leftFields], rights.get(index));
        }
      }
      return null;
    }

    @Override
    public void close() {
      lefts.close();
    }
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(left, right);
  }

  @Override
  public String describe() {
    return "NestedLoopJoin(type=" + type.lowerName + ", condition=" + label + ")";
  }
}
