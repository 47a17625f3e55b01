package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The first rows, after some that are skipped. */
record LimitNode(PlanNode input, Optional<Evaluator> offset, Optional<Evaluator> fetch)
    implements PlanNode {
  @Override
  public RowSource open(Execution execution) {
    long skip = RowCount.of(offset, 0, "OFFSET", execution);
    long most = RowCount.of(fetch, Long.MAX_VALUE, "LIMIT", execution);
    if (most == 0) {
      return () -> null;
    }
    RowSource source = execution.open(input);
    return new RowSource() {
      private long toSkip = skip;
      private long left = most;

      @Override
      public @Nullable Object @Nullable [] next() {
        if (left == 0) {
          return null;
        }
        @Nullable Object @Nullable [] row = source.next();
        while (row != null && toSkip > 0) {
          toSkip--;
          row = source.next();
        }
        left--;
        return row;
      }

      @Override
      public void close() {
        source.close();
      }
    };
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    return "Limit(" + (offset.isPresent() ? "with offset" : "") + ")";
  }
}
