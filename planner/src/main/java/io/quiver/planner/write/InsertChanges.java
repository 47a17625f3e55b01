package io.quiver.planner.write;

import io.quiver.engine.DuplicateKeyException;
import io.quiver.engine.write.WriteBatch.Expectation;
import io.quiver.planner.PlannedQuery;
import io.quiver.planner.RowCursor;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.physical.Execution;
import io.quiver.planner.physical.PlanNode;
import io.quiver.planner.physical.WriteNode;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.catalog.SqlColumnType;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * INSERT and UPSERT: rows from a query, what they lack from defaults.
 *
 * @param columns ordinals the source's columns go to
 * @param places of the source's rows; the last one is that of all further ones
 * @param fillers one a column of the table, null where a missing value is null
 * @param conflict what happens to a row whose key is there
 * @param conflictBy the constraints a conflict may be with; null for the key
 * @param sequences numbers identity columns
 */
record InsertChanges(
    WriteTarget target,
    PlannedQuery source,
    int[] columns,
    List<RowPlace> places,
    @Nullable Evaluator[] fillers,
    ConflictAction conflict,
    List<@Nullable UniqueEntries> conflictBy,
    Sequences sequences,
    LongSupplier rowNumbers)
    implements RowChanges {
  private static final @Nullable Object[] NO_ROW = {};

  @Override
  public long collect(Execution execution, RowBuffer buffer) {
    long changed = 0;
    int place = 0;
    try (RowCursor rows = source.open(execution, () -> {})) {
      while (rows.next()) {
        buffer.begin(places.get(place));
        place = Math.min(place + 1, places.size() - 1);
        if (add(row(rows.row(), execution), execution, buffer)) {
          changed++;
        }
      }
    }
    return changed;
  }

  /** A row of the table from what is given for its columns. */
  @Nullable Object[] row(@Nullable Object[] given, Execution execution) {
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
      } else if (target.definition(i).identity()) {
        values[i] = numbered(values[i], target.definition(i));
      }
    }
    return values;
  }

  /** An identity column without a value gets the next number; one given is counted past. */
  private Object numbered(@Nullable Object given, ColumnDefinition column) {
    boolean isLong =
        column.type() instanceof SqlColumnType.Scalar scalar
            && scalar.type() == SqlColumnType.ScalarType.BIGINT;
    if (given instanceof Number number) {
      sequences.given(target.definition(), column.id(), number.longValue());
      return given;
    }
    long next = sequences.next(target.definition(), column.id());
    long largest =
        column.type() instanceof SqlColumnType.Scalar scalar
                && scalar.type() == SqlColumnType.ScalarType.SMALLINT
            ? Short.MAX_VALUE
            : isLong ? Long.MAX_VALUE : Integer.MAX_VALUE;
    if (next > largest) {
      throw SqlProblem.of(
              ErrorCode.VALUE_OUT_OF_RANGE,
              "identity column \""
                  + column.name()
                  + "\" of table \""
                  + target.definition().name()
                  + "\" has given all numbers of its type",
              "keep the rows in a table whose column is BIGINT.")
          .asException();
    }
    if (isLong) {
      return next;
    }
    return (int) next;
  }

  private boolean add(@Nullable Object[] values, Execution execution, RowBuffer buffer) {
    switch (conflict) {
      case ConflictAction.Refuse refuse -> {
        buffer.put(Expectation.ABSENT, values);
        return true;
      }
      case ConflictAction.Replace replace -> {
        buffer.replace(values);
        return true;
      }
      case ConflictAction.Ignore ignore -> {
        if (buffer.conflicting(values, conflictBy) != null) {
          return false;
        }
        buffer.put(Expectation.ABSENT, values);
        return true;
      }
      case ConflictAction.Update update -> {
        @Nullable Object[] found = buffer.conflicting(values, conflictBy);
        if (found == null) {
          buffer.put(Expectation.ABSENT, values);
          return true;
        }
        @Nullable Object[] updated = update.apply(target, found, values, execution.bindings());
        if (updated == null) {
          return false;
        }
        buffer.changeBy(update.place());
        buffer.update(found, updated);
        return true;
      }
    }
  }

  @Override
  public PlanNode explained() {
    String word = conflict instanceof ConflictAction.Replace ? "Upsert(" : "Insert(";
    String onConflict =
        switch (conflict) {
          case ConflictAction.Refuse refuse -> "";
          case ConflictAction.Replace replace -> "";
          case ConflictAction.Ignore ignore -> ", on_conflict=nothing";
          case ConflictAction.Update update ->
              ", on_conflict=update" + target.names(update.columns());
        };
    return new WriteNode(
        word + target.label() + ", columns=" + target.names(columns) + onConflict + ")",
        List.of(source.plan()));
  }

  @Override
  public Set<Privilege> privileges() {
    return switch (conflict) {
      case ConflictAction.Refuse refuse -> EnumSet.of(Privilege.INSERT);
      case ConflictAction.Ignore ignore -> EnumSet.of(Privilege.INSERT);
      case ConflictAction.Replace replace -> EnumSet.of(Privilege.INSERT, Privilege.UPDATE);
      case ConflictAction.Update update -> EnumSet.of(Privilege.INSERT, Privilege.UPDATE);
    };
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

  /** Whether a row in the way is one that ON CONFLICT says what to do with. */
  @Override
  public boolean expects(DuplicateKeyException duplicate) {
    if (!readsBeforeItWrites()) {
      return false;
    }
    String collection = duplicate.collection();
    return conflictBy.stream()
        .anyMatch(
            each ->
                each == null
                    ? collection.equals(target.definition().collection().name())
                    : collection.equals(each.collectionName()));
  }
}
