package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Window functions: rows are kept, and each gets the values of its windows behind its own. They
 * come in the order of the last window, partition by partition.
 *
 * @param width fields of a row of the input
 * @param constants what functions read besides the row's own fields, as if they were its next
 */
record WindowNode(
    PlanNode input, int width, Evaluator[] constants, List<Window> windows, String label)
    implements PlanNode {
  private static final int STOP_EVERY = 1024;

  /** A way to partition and order rows, and what is computed over it. */
  record Window(
      int[] partition, RowOrder order, WindowFrame frame, List<WindowFunction> functions) {}

  @Override
  public RowSource open(Execution execution) {
    int read = width + constants.length;
    int results = windows.stream().mapToInt(window -> window.functions().size()).sum();
    List<@Nullable Object[]> rows = rows(execution, read, results);
    int result = read;
    for (Window window : windows) {
      List<@Nullable Object[]> ordered = new ArrayList<>(rows.size());
      for (List<@Nullable Object[]> part : parts(rows, window)) {
        part.sort(window.order());
        WindowPartition partition = new WindowPartition(part, window.order());
        for (int f = 0; f < window.functions().size(); f++) {
          @Nullable Object[] values =
              window.functions().get(f).values(partition, window.frame(), execution);
          for (int i = 0; i < values.length; i++) {
            part.get(i)[result + f] = values[i];
          }
        }
        ordered.addAll(part);
        execution.bindings().stop().check();
      }
      rows = ordered;
      result += window.functions().size();
    }
    Iterator<@Nullable Object[]> iterator = rows.iterator();
    return () -> iterator.hasNext() ? withoutConstants(iterator.next(), results) : null;
  }

  /** The input's rows, with room for constants and results. */
  private List<@Nullable Object[]> rows(Execution execution, int read, int results) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (RowSource source = execution.open(input)) {
      @Nullable Object[] row = source.next();
      while (row != null) {
        execution.memory().keep(row);
        @Nullable Object[] wide = Arrays.copyOf(row, read + results);
        for (int i = 0; i < constants.length; i++) {
          wide[width + i] = constants[i].evaluate(row, execution.bindings());
        }
        rows.add(wide);
        if (rows.size() % STOP_EVERY == 0) {
          execution.bindings().stop().check();
        }
        row = source.next();
      }
    }
    return rows;
  }

  private static Collection<List<@Nullable Object[]>> parts(
      List<@Nullable Object[]> rows, Window window) {
    if (window.partition().length == 0) {
      return List.of(rows);
    }
    Map<Object, List<@Nullable Object[]>> parts = new LinkedHashMap<>();
    for (@Nullable Object[] row : rows) {
      parts.computeIfAbsent(GroupKey.of(row, window.partition()), k -> new ArrayList<>()).add(row);
    }
    return parts.values();
  }

  private @Nullable Object[] withoutConstants(@Nullable Object[] row, int results) {
    if (constants.length == 0) {
      return row;
    }
    @Nullable Object[] narrow = Arrays.copyOf(row, width + results);
    System.arraycopy(row, width + constants.length, narrow, width, results);
    return narrow;
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(input);
  }

  @Override
  public String describe() {
    return label;
  }
}
