package io.quiver.planner.physical;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For each row of the left, the rows of the right, which may read it.
 *
 * @param id of the correlation
 * @param rightFields how many fields the right has, for the nulls of an outer join
 * @param outer whether a left row without right rows is kept
 */
record CorrelateNode(PlanNode left, PlanNode right, int id, int rightFields, boolean outer)
    implements PlanNode {
  @Override
  public RowSource open(Execution execution) {
    RowSource outerRows = execution.open(left);
    Execution perRow = execution.part();
    return new RowSource() {
      private @Nullable Object @Nullable [] leftRow;
      private @Nullable RowSource rightRows;
      private boolean matched;

      @Override
      public @Nullable Object @Nullable [] next() {
        while (true) {
          if (rightRows == null) {
            leftRow = outerRows.next();
            if (leftRow == null) {
              return null;
            }
            execution.bindings().stop().check();
            execution.bindings().correlate(id, leftRow);
            rightRows = perRow.open(right);
            matched = false;
          }
          @Nullable Object @Nullable [] outerRow = leftRow;
          if (outerRow == null) {
            throw new IllegalStateException("No outer row");
          }
          @Nullable Object @Nullable [] rightRow = rightRows.next();
          if (rightRow != null) {
            matched = true;
            return joined(outerRow, rightRow);
          }
          closeRight(rightRows);
          if (outer && !matched) {
            return Arrays.copyOf(outerRow, outerRow.length + rightFields);
          }
        }
      }

      private void closeRight(RowSource rows) {
        rightRows = null;
        rows.close();
        perRow.memory().releaseAll();
      }

      @Override
      public void close() {
        if (rightRows != null) {
          closeRight(rightRows);
        }
        outerRows.close();
      }
    };
  }

  static @Nullable Object[] joined(@Nullable Object[] left, @Nullable Object[] right) {
    @Nullable Object[] row = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, row, left.length, right.length);
    return row;
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(left, right);
  }

  @Override
  public String describe() {
    return "Correlate(" + (outer ? "left" : "inner") + ")";
  }
}
