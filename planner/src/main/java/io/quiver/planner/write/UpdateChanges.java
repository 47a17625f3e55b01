package io.quiver.planner.write;

import io.quiver.engine.write.WriteBatch.Expectation;
import io.quiver.planner.PlannedQuery;
import io.quiver.planner.RowCursor;
import io.quiver.planner.physical.Execution;
import io.quiver.planner.physical.PlanNode;
import io.quiver.planner.physical.WriteNode;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE and DELETE.
 *
 * @param source gives the key of each row, then the values of the columns set
 * @param columns ordinals of the columns set; empty and {@code deletes} for a DELETE
 * @param place of the values set
 */
record UpdateChanges(
    WriteTarget target, PlannedQuery source, int[] columns, RowPlace place, boolean deletes)
    implements RowChanges {
  @Override
  public long collect(Execution execution, RowBuffer buffer) {
    int keySize = target.definition().primaryKey().size();
    // The rows are read to their end before any is changed, so that a moved key is not met again.
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (RowCursor cursor = source.open(execution, () -> {})) {
      while (cursor.next()) {
        rows.add(cursor.row().clone());
      }
    }
    for (@Nullable Object[] row : rows) {
      change(key(row, keySize), row, keySize, buffer);
    }
    return rows.size();
  }

  private Object[] key(@Nullable Object[] row, int keySize) {
    Object[] key = new Object[keySize];
    for (int i = 0; i < keySize; i++) {
      int ordinal =
          target.definition().ordinal(target.definition().primaryKey().get(i)).orElseThrow();
      Object part = RowBuffer.engineValue(row[i], target.definition(ordinal));
      if (part == null) {
        throw new IllegalStateException("A row without a key in " + target.definition().name());
      }
      key[i] = part;
    }
    return key;
  }

  private void change(Object[] key, @Nullable Object[] row, int keySize, RowBuffer buffer) {
    if (buffer.hasWritten(key)) {
      throw SqlProblem.of(
              ErrorCode.ROW_CHANGED_TWICE,
              "a batch changes the row with key " + Arrays.toString(key) + " twice",
              "run the second change in a statement of its own.")
          .asException();
    }
    buffer.begin(place, key);
    @Nullable Object[] old = buffer.find(key);
    if (old == null) {
      throw new IllegalStateException("A row that was found is gone: " + Arrays.toString(key));
    }
    if (deletes) {
      buffer.delete(key, old);
      return;
    }
    @Nullable Object[] changed = old.clone();
    for (int i = 0; i < columns.length; i++) {
      changed[columns[i]] = RowBuffer.engineValue(row[keySize + i], target.definition(columns[i]));
    }
    Object[] newKey = buffer.keyOf(changed);
    if (Arrays.deepEquals(newKey, key)) {
      buffer.update(old, changed);
    } else {
      buffer.remove(key);
      buffer.put(Expectation.ABSENT, changed);
    }
  }

  @Override
  public PlanNode explained() {
    String set = deletes ? "" : ", set=" + target.names(columns);
    return new WriteNode(
        (deletes ? "Delete(" : "Update(") + target.label() + set + ")", List.of(source.plan()));
  }

  @Override
  public Set<Privilege> privileges() {
    return EnumSet.of(deletes ? Privilege.DELETE : Privilege.UPDATE);
  }

  @Override
  public boolean readsBeforeItWrites() {
    return true;
  }
}
