package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Rows in order. Where only the first few are wanted, no more than those are kept. Equal rows stay
 * in the order in which they came.
 */
record SortNode(
    PlanNode input,
    RowOrder order,
    Optional<Evaluator> offset,
    Optional<Evaluator> fetch,
    String label)
    implements PlanNode {
  private static final int STOP_EVERY = 1024;

  private record Numbered(@Nullable Object[] row, long number) {}

  @Override
  public RowSource open(Execution execution) {
    long skip = RowCount.of(offset, 0, "OFFSET", execution);
    long most = RowCount.of(fetch, Long.MAX_VALUE, "LIMIT", execution);
    if (most == 0) {
      return () -> null;
    }
    List<@Nullable Object[]> rows;
    try (RowSource source = execution.open(input)) {
      long kept = skip + most < 0 ? Long.MAX_VALUE : skip + most;
      rows = kept < 100_000 ? first(source, (int) kept, execution) : all(source, execution);
    }
    int from = (int) Math.min(skip, rows.size());
    int to = (int) Math.min(rows.size(), most == Long.MAX_VALUE ? most : from + most);
    Iterator<@Nullable Object[]> iterator = rows.subList(from, to).iterator();
    return () -> iterator.hasNext() ? iterator.next() : null;
  }

  private List<@Nullable Object[]> all(RowSource source, Execution execution) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    @Nullable Object[] row = source.next();
    while (row != null) {
      execution.memory().keep(row);
      rows.add(row);
      if (rows.size() % STOP_EVERY == 0) {
        execution.bindings().stop().check();
      }
      row = source.next();
    }
    rows.sort(order);
    return rows;
  }

  private List<@Nullable Object[]> first(RowSource source, int kept, Execution execution) {
    PriorityQueue<Numbered> worstFirst =
        new PriorityQueue<>(
            (a, b) -> {
              int compared = order.compare(b.row, a.row);
              return compared != 0 ? compared : Long.compare(b.number, a.number);
            });
    long number = 0;
    @Nullable Object[] row = source.next();
    while (row != null) {
      if (worstFirst.size() < kept) {
        execution.memory().keep(row);
        worstFirst.add(new Numbered(row, number));
      } else if (order.compare(row, worstFirst.element().row) < 0) {
        execution.memory().keep(row);
        execution.memory().release(worstFirst.remove().row);
        worstFirst.add(new Numbered(row, number));
      }
      if (++number % STOP_EVERY == 0) {
        execution.bindings().stop().check();
      }
      row = source.next();
    }
    List<@Nullable Object[]> rows = new ArrayList<>(worstFirst.size());
    while (!worstFirst.isEmpty()) {
      rows.add(worstFirst.remove().row);
    }
    return rows.reversed();
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    return "Sort(order=" + label + (fetch.isPresent() ? ", limited" : "") + ")";
  }
}
