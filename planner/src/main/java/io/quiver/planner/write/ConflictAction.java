package io.quiver.planner.write;

import io.quiver.planner.expression.Bindings;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What an INSERT does with a row whose key is there already. */
sealed interface ConflictAction {
  /** It fails. */
  record Refuse() implements ConflictAction {}

  /** The new row takes the old one's place: UPSERT. */
  record Replace() implements ConflictAction {}

  /** The old row stays: DO NOTHING. */
  record Ignore() implements ConflictAction {}

  /**
   * The old row is changed: DO UPDATE.
   *
   * @param columns ordinals set
   * @param values of those columns, then the condition if there is one; over the old row's fields
   *     and behind them the new row's
   * @param place of the values
   */
  record Update(int[] columns, Evaluator[] values, RowPlace place) implements ConflictAction {
    /** The changed row, or null where the condition does not hold. */
    @Nullable Object @Nullable [] apply(
        WriteTarget target,
        @Nullable Object[] old,
        @Nullable Object[] proposed,
        Bindings bindings) {
      @Nullable Object[] both = both(target, old, proposed);
      if (values.length > columns.length && !values[columns.length].isTrue(both, bindings)) {
        return null;
      }
      @Nullable Object[] changed = old.clone();
      for (int i = 0; i < columns.length; i++) {
        changed[columns[i]] =
            RowBuffer.engineValue(
                values[i].evaluate(both, bindings), target.definition(columns[i]));
      }
      checkSameKey(target, old, changed);
      return changed;
    }

    private static @Nullable Object[] both(
        WriteTarget target, @Nullable Object[] old, @Nullable Object[] proposed) {
      int fields = target.fields().columns().size();
      @Nullable Object[] both = new Object[2 * fields];
      for (int field = 0; field < fields; field++) {
        int ordinal = target.fields().ordinal(field);
        both[field] = ColumnValue.toRow(old[ordinal], target.definition(ordinal).type());
        both[fields + field] =
            ColumnValue.toRow(proposed[ordinal], target.definition(ordinal).type());
      }
      return both;
    }

    private static void checkSameKey(
        WriteTarget target, @Nullable Object[] old, @Nullable Object[] changed) {
      for (String column : target.definition().primaryKey()) {
        int ordinal = target.definition().ordinal(column).orElseThrow();
        if (!Arrays.deepEquals(new Object[] {old[ordinal]}, new Object[] {changed[ordinal]})) {
          throw SqlProblem.of(
                  ErrorCode.NOT_SUPPORTED,
                  "ON CONFLICT cannot change the key column \"" + column + "\"",
                  "leave the key as it is.")
              .asException();
        }
      }
    }
  }
}
