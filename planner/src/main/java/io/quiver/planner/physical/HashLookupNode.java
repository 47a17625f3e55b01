package io.quiver.planner.physical;

import io.quiver.planner.expression.Evaluator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are tied to an outer row by equalities, found in a hash table of all of them, which
 * is made once a run.
 *
 * <p>Where an index finds them too, it is asked until it has been asked so often that reading all
 * rows would have been less work.
 *
 * @param rows all rows, whatever the outer row is
 * @param keys what of them is compared
 * @param outer what of the outer row it is compared with
 * @param perOuterRow gives the rows for one outer row without the table
 * @param indexed the table whose index {@code perOuterRow} uses, if it uses one
 */
record HashLookupNode(
    PlanNode rows,
    Evaluator[] keys,
    Evaluator[] outer,
    PlanNode perOuterRow,
    Optional<TableNode> indexed,
    String label)
    implements PlanNode {
  /** How many rows are read in the time that an index is asked once. */
  private static final int ROWS_A_LOOKUP = 32;

  private static final @Nullable Object[] NO_ROW = new Object[0];

  /** What one run knows of it. */
  private static final class State {
    private final long lookups;
    private long asked;
    private @Nullable Map<Object, List<@Nullable Object[]>> table;
    private boolean tooLarge;

    /**
     * @param lookups how often an index may be asked
     */
    State(long lookups, int keys) {
      this.lookups = lookups;
    }
  }

  @Override
  public RowSource open(Execution execution) {
    State state = state(execution);
    if (state.tooLarge || state.asked < state.lookups) {
      state.asked++;
      return execution.open(perOuterRow);
    }
    Map<Object, List<@Nullable Object[]>> table = state.table;
    if (table == null) {
      table = made(execution, state);
      if (table == null) {
        return execution.open(perOuterRow);
      }
    }
    if (table.isEmpty()) {
      return () -> null;
    }
    Object key = key(outer, NO_ROW, execution, state);
    List<@Nullable Object[]> found = key == null ? null : table.get(key);
    if (found == null) {
      return () -> null;
    }
    Iterator<@Nullable Object[]> iterator = found.iterator();
    return () -> iterator.hasNext() ? iterator.next() : null;
  }

  private State state(Execution execution) {
    if (execution.kept(this) instanceof State known) {
      return known;
    }
    long lookups =
        indexed.map(table -> table.view(execution).rowCount() / ROWS_A_LOOKUP).orElse(0L);
    State made = new State(lookups, keys.length);
    execution.keep(this, made);
    return made;
  }

  private @Nullable Map<Object, List<@Nullable Object[]>> made(Execution execution, State state) {
    Map<Object, List<@Nullable Object[]>> table = new HashMap<>();
    try (RowSource source = execution.open(rows)) {
      @Nullable Object[] row = source.next();
      while (row != null) {
        Object key = key(keys, row, execution, state);
        if (key != null) {
          if (!execution.memory().keepForRun(row)) {
            table.values().forEach(each -> each.forEach(execution.memory()::forget));
            state.tooLarge = true;
            return null;
          }
          table.computeIfAbsent(key, k -> new ArrayList<>(1)).add(row);
        }
        row = source.next();
      }
    }
    state.table = table;
    return table;
  }

  /** The values that are compared; null where one of them is, which equals nothing. */
  private static @Nullable Object key(
      Evaluator[] parts, @Nullable Object[] row, Execution execution, State state) {
    @Nullable Object[] values = new Object[parts.length];
    for (int i = 0; i < values.length; i++) {
      Object value = parts[i].evaluate(row, execution.bindings());
      if (value == null) {
        return null;
      }
      values[i] = value;
    }
    return GroupKey.of(values);
  }

  @Override
  public List<PlanNode> inputs() {
    return List.of(rows);
  }

  @Override
  public String describe() {
    return "HashLookup(" + label + (indexed.isPresent() ? ", or by index" : "") + ")";
  }
}
