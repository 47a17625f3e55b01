package io.quiver.planner.physical;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are the same each time they are read in one run: made once, then kept, as far as the
 * query's memory allows. For what a sub-query reads for every outer row.
 */
record SpoolNode(PlanNode input) implements PlanNode {
  private static final Object TOO_MANY = new Object();

  @Override
  public RowSource open(Execution execution) {
    return switch (execution.kept(this)) {
      case List<?> rows -> kept(rows);
      case null -> new Keeping(execution, execution.open(input));
      default -> execution.open(input);
    };
  }

  @SuppressWarnings("unchecked")
  private static RowSource kept(List<?> rows) {
    Iterator<@Nullable Object[]> iterator = ((List<@Nullable Object[]>) rows).iterator();
    return () -> iterator.hasNext() ? iterator.next() : null;
  }

  /** Keeps rows as they are read; they count when all have been. */
  private final class Keeping implements RowSource {
    private final Execution execution;
    private final RowSource source;
    private @Nullable List<@Nullable Object[]> rows = new ArrayList<>();

    Keeping(Execution execution, RowSource source) {
      this.execution = execution;
      this.source = source;
    }

    @Override
    public @Nullable Object @Nullable [] next() {
      @Nullable Object @Nullable [] row = source.next();
      List<@Nullable Object[]> keeping = rows;
      if (keeping == null) {
        return row;
      }
      if (row == null) {
        execution.keep(SpoolNode.this, keeping);
        rows = null;
      } else if (execution.memory().keepForRun(row)) {
        keeping.add(row);
      } else {
        forget();
        execution.keep(SpoolNode.this, TOO_MANY);
      }
      return row;
    }

    private void forget() {
      if (rows != null) {
        rows.forEach(execution.memory()::forget);
        rows = null;
      }
    }

    @Override
    public void close() {
      forget();
      source.close();
    }
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    return "Spool";
  }
}
