package io.quiver.planner.physical;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Groups and what is computed of each, by hashing. Groups come in the order of their first rows.
 *
 * @param fields the input's fields rows are grouped by
 * @param sets each a grouping by some of the fields; a grouping by none is one group of all rows,
 *     which is there without rows too
 */
record AggregateNode(
    PlanNode input,
    int[] fields,
    List<ImmutableBitSet> sets,
    List<AggregateCall> calls,
    String label)
    implements PlanNode {
  private static final int STOP_EVERY = 4096;

  /** A group: the values it is of, null for fields that it is not of, and its functions. */
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

  /** The groups of one grouping. */
  private final class Grouping {
    private final ImmutableBitSet set;
    private final int[] by;
    private final Map<Object, Group> byKey = new HashMap<>();
    private final List<Group> groups = new ArrayList<>();

    Grouping(ImmutableBitSet set) {
      this.set = set;
      this.by = set.toArray();
      if (by.length == 0) {
        groups.add(group(new Object[fields.length]));
      }
    }

    Group of(@Nullable Object[] row, Execution execution) {
      if (by.length == 0) {
        return groups.getFirst();
      }
      Object key = GroupKey.of(row, by);
      Group known = byKey.get(key);
      if (known == null) {
        known = group(values(row));
        execution.memory().keep(known.values());
        byKey.put(key, known);
        groups.add(known);
      }
      return known;
    }

    private @Nullable Object[] values(@Nullable Object[] row) {
      @Nullable Object[] values = new Object[fields.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = set.get(fields[i]) ? row[fields[i]] : null;
      }
      return values;
    }

    private Group group(@Nullable Object[] values) {
      Accumulator[] functions = new Accumulator[calls.size()];
      for (int i = 0; i < functions.length; i++) {
        functions[i] = Accumulator.of(calls.get(i), set);
      }
      return new Group(values, functions);
    }
  }

  @Override
  public RowSource open(Execution execution) {
    List<Grouping> groupings = new ArrayList<>();
    sets.forEach(set -> groupings.add(new Grouping(set)));
    boolean kept = calls.stream().anyMatch(Accumulator::keepsRows);
    try (RowSource source = execution.open(input)) {
      int count = 0;
      @Nullable Object[] row = source.next();
      while (row != null) {
        if (kept) {
          execution.memory().keep(row);
        }
        for (Grouping grouping : groupings) {
          for (Accumulator function : grouping.of(row, execution).functions()) {
            function.add(row);
          }
        }
        if (++count % STOP_EVERY == 0) {
          execution.bindings().stop().check();
        }
        row = source.next();
      }
    }
    Iterator<Group> iterator =
        groupings.size() == 1
            ? groupings.getFirst().groups.iterator()
            : groupings.stream().flatMap(grouping -> grouping.groups.stream()).iterator();
    return () -> iterator.hasNext() ? iterator.next().row() : null;
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
