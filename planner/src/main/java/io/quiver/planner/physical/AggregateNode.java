package io.quiver.planner.physical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.AggregateCall;
import org.jspecify.annotations.Nullable;

/**
 * Groups and what is computed of each, by hashing. Groups come in the order of their first rows.
 *
 * @param fields the input's fields rows are grouped by; none for one group of all rows
 */
record AggregateNode(PlanNode input, int[] fields, List<AggregateCall> calls, String label)
    implements PlanNode {
  private static final int STOP_EVERY = 4096;

  /** A group: the values it is of, and its functions. */
  private record Group(@Nullable Object[] values, Accumulator[] functions) {
    @Nullable Object[] row() {
      @Nullable Object[] row = new Object[values.length + functions.length];
      System.arraycopy(values, 0, row, 0, values.length);
      for (int i = 0; i < functions.length; i++) {
        row[values.length + i] = functions[i].value();
      }
      return row;
    }
  }

  @Override
  public RowSource open(Execution execution) {
    List<Group> groups = new ArrayList<>();
    try (RowSource source = execution.open(input)) {
      if (fields.length == 0) {
        groups.add(group(new Object[0]));
        addAll(source, execution, row -> groups.getFirst());
      } else {
        Map<Object, Group> byKey = new HashMap<>();
        addAll(
            source,
            execution,
            row -> {
              Object key = GroupKey.of(row, fields);
              Group known = byKey.get(key);
              if (known == null) {
                known = group(values(row));
                execution.memory().keep(known.values());
                byKey.put(key, known);
                groups.add(known);
              }
              return known;
            });
      }
    }
    Iterator<Group> iterator = groups.iterator();
    return () -> iterator.hasNext() ? iterator.next().row() : null;
  }

  @FunctionalInterface
  private interface GroupOf {
    Group of(@Nullable Object[] row);
  }

  private static void addAll(RowSource source, Execution execution, GroupOf groups) {
    int count = 0;
    @Nullable Object[] row = source.next();
    while (row != null) {
      for (Accumulator function : groups.of(row).functions()) {
        function.add(row);
      }
      if (++count % STOP_EVERY == 0) {
        execution.bindings().stop().check();
      }
      row = source.next();
    }
  }

  private @Nullable Object[] values(@Nullable Object[] row) {
    @Nullable Object[] values = new Object[fields.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = row[fields[i]];
    }
    return values;
  }

  private Group group(@Nullable Object[] values) {
    Accumulator[] functions = new Accumulator[calls.size()];
    for (int i = 0; i < functions.length; i++) {
      functions[i] = Accumulator.of(calls.get(i));
    }
    return new Group(values, functions);
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
