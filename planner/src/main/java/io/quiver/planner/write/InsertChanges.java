package io.quiver.planner.write;

import io.quiver.engine.write.WriteBatch.Expectation;
import io.quiver.planner.PlannedQuery;
import io.quiver.planner.RowCursor;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.physical.Execution;
import io.quiver.sql.catalog.TableDefinition;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * INSERT and UPSERT: rows from a query, what they lack from defaults.
 *
 * @param columns ordinals the source's columns go to
 * @param fillers one a column of the table, null where a missing value is null
 * @param conflict what happens to a row whose key is there
 */
record InsertChanges(
    WriteTarget target,
    PlannedQuery source,
    int[] columns,
    @Nullable Evaluator[] fillers,
    ConflictAction conflict,
    LongSupplier rowNumbers)
    implements RowChanges {
  private static final @Nullable Object[] NO_ROW = {};

  @Override
  public long collect(Execution execution, RowBuffer buffer) {
    long changed = 0;
    try (RowCursor rows = source.open(execution, () -> {})) {
      while (rows.next()) {
        if (add(row(rows.row(), execution), execution, buffer)) {
          changed++;
        }
      }
    }
    return changed;
  }

  private @Nullable Object[] row(@Nullable Object[] given, Execution execution) {
    TableDefinition table = target.definition();
    @Nullable Object[] values = new Object[table.columns().size()];
    boolean[] isGiven = new boolean[values.length];
    for (int i = 0; i < columns.length; i++) {
      values[columns[i]] = RowBuffer.engineValue(given[i], target.definition(columns[i]));
      isGiven[columns[i]] = true;
    }
    for (int i = 0; i < values.length; i++) {
      Evaluator filler = fillers[i];
      if (!isGiven[i] && filler != null) {
        values[i] =
            RowBuffer.engineValue(
                filler.evaluate(NO_ROW, execution.bindings()), target.definition(i));
      } else if (target.definition(i).name().equals(TableDefinition.ROW_NUMBER)) {
        values[i] = rowNumbers.getAsLong();
      }
    }
    return values;
  }

  private boolean add(@Nullable Object[] values, Execution execution, RowBuffer buffer) {
    switch (conflict) {
      case ConflictAction.Refuse refuse -> {
        buffer.put(Expectation.ABSENT, values);
        return true;
      }
      case ConflictAction.Replace replace -> {
        buffer.put(Expectation.ANY, values);
        return true;
      }
      case ConflictAction.Ignore ignore -> {
        if (buffer.find(buffer.keyOf(values)) != null) {
          return false;
        }
        buffer.put(Expectation.ABSENT, values);
        return true;
      }
      case ConflictAction.Update update -> {
        Object[] key = buffer.keyOf(values);
        @Nullable Object[] found = buffer.find(key);
        if (found == null) {
          buffer.put(Expectation.ABSENT, values);
          return true;
        }
        @Nullable Object[] updated = update.apply(target, found, values, execution.bindings());
        if (updated == null) {
          return false;
        }
        buffer.put(buffer.hasWritten(key) ? Expectation.ANY : Expectation.UNCHANGED, updated);
        return true;
      }
    }
  }

  @Override
  public boolean readsBeforeItWrites() {
    return switch (conflict) {
      case ConflictAction.Refuse refuse -> false;
      case ConflictAction.Replace replace -> false;
      case ConflictAction.Ignore ignore -> true;
      case ConflictAction.Update update -> true;
    };
  }
}
