package io.quiver.planner.physical;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Left rows with the right rows whose keys are equal, found in a hash table of the right.
 *
 * @param leftKeys fields of a left row
 * @param rightKeys fields of a right row, each compared with the left one at its place
 * @param nullsMatch for each key, whether null is equal to null
 */
record HashJoinNode(
    PlanNode left,
    PlanNode right,
    int[] leftKeys,
    int[] rightKeys,
    boolean[] nullsMatch,
    JoinedRows.Shape shape,
    String label)
    implements PlanNode {
  @Override
  public RowSource open(Execution execution) {
    ByKey rights = new ByKey(NestedLoopJoinNode.kept(right, execution));
    return new JoinedRows(shape, execution, execution.open(left), rights);
  }

  /** Rows of one key are chained in their order. */
  private final class ByKey implements JoinedRows.Rights {
    private final List<@Nullable Object[]> rows;
    private final Map<Object, Integer> first;
    private final int[] following;

    ByKey(List<@Nullable Object[]> rows) {
      this.rows = rows;
      this.first = HashMap.newHashMap(rows.size());
      this.following = new int[rows.size()];
      for (int i = rows.size() - 1; i >= 0; i--) {
        @Nullable Object[] row = rows.get(i);
        Integer next = canMatch(row, rightKeys) ? first.put(GroupKey.of(row, rightKeys), i) : null;
        following[i] = next == null ? NONE : next;
      }
    }

    private boolean canMatch(@Nullable Object[] row, int[] keys) {
      for (int k = 0; k < keys.length; k++) {
        if (row[keys[k]] == null && !nullsMatch[k]) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int size() {
      return rows.size();
    }

    @Override
    public @Nullable Object[] row(int right) {
      return rows.get(right);
    }

    @Override
    public int first(@Nullable Object[] left) {
      return canMatch(left, leftKeys)
          ? first.getOrDefault(GroupKey.of(left, leftKeys), NONE)
          : NONE;
    }

    @Override
    public int after(int right) {
      return following[right];
    }
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(left, right);
  }

  @Override
  public String describe() {
    return label;
  }
}
