package io.quiver.planner.physical;

import io.quiver.planner.expression.Bindings;
import io.quiver.planner.rule.OuterFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a sub-query gave for outer rows before this one: those with the same values in the fields it
 * reads get the same. Of one run, for one thread.
 *
 * <p>It grows as far as the query's memory allows, and is given up where outer rows hardly ever
 * have the same values.
 */
final class SubQueryMemo {
  private static final int TRIED = 2_000;
  private static final int LEAST_USE = 10;

  private final List<OuterFields.Field> fields;
  private final Map<Object, Object> answers = new HashMap<>();
  private long asked;
  private long known;
  private boolean full;

  SubQueryMemo(List<OuterFields.Field> fields) {
    this.fields = fields;
  }

  /** The answer for the outer rows of now, asked for if it is not known. */
  <T> T answer(Class<T> type, Bindings bindings, MemoryBudget memory, Supplier<T> ask) {
    if (asked >= TRIED && known * LEAST_USE < asked) {
      answers.clear();
      return ask.get();
    }
    asked++;
    @Nullable Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      OuterFields.Field field = fields.get(i);
      values[i] = bindings.correlated(field.variable().getId())[field.index()];
    }
    Object key = GroupKey.of(values);
    Object answer = answers.get(key);
    if (answer != null) {
      known++;
      return type.cast(answer);
    }
    T made = ask.get();
    if (!full) {
      full = !memory.keepForRun(values) || !keep(made, memory);
      if (!full) {
        answers.put(key, made);
      }
    }
    return made;
  }

  private static boolean keep(Object made, MemoryBudget memory) {
    return !(made instanceof SubQueries.Rows rows)
        || rows.all().stream().allMatch(memory::keepForRun);
  }
}
