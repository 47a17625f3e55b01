package io.quiver.planner.write;

import io.quiver.engine.DuplicateKeyException;
import io.quiver.engine.write.WriteBatch.Expectation;
import io.quiver.planner.KeyText;
import io.quiver.planner.PlannedQuery;
import io.quiver.planner.RowCursor;
import io.quiver.planner.expression.Evaluator;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.planner.physical.Execution;
import io.quiver.planner.physical.PlanNode;
import io.quiver.planner.physical.WriteNode;
import io.quiver.sql.catalog.Privilege;
import io.quiver.sql.problem.ErrorCode;
import io.quiver.sql.problem.SqlProblem;
import io.quiver.sql.problem.SqlProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * MERGE on a key: each row of the source changes the row that has its key, or becomes a new one.
 *
 * @param source gives the key, then the values of a new row, then the source's own columns
 * @param on the key
 * @param matched what is done to a row that is there; empty for nothing
 * @param inserts makes a new row; empty for none
 */
record MergeChanges(
    WriteTarget target,
    PlannedQuery source,
    MergeKey on,
    Optional<Matched> matched,
    Optional<InsertChanges> inserts)
    implements RowChanges {
  /**
   * WHEN MATCHED THEN UPDATE.
   *
   * @param columns ordinals set
   * @param values over the fields of the target's row, then those of the source's
   * @param place of the values
   */
  record Matched(int[] columns, Evaluator[] values, RowPlace place) {}

  @Override
  public Set<Privilege> privileges() {
    Set<Privilege> needed = EnumSet.noneOf(Privilege.class);
    if (matched.isPresent()) {
      needed.add(Privilege.UPDATE);
    }
    if (inserts.isPresent()) {
      needed.add(Privilege.INSERT);
    }
    return needed;
  }

  @Override
  public long collect(Execution execution, RowBuffer buffer) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    try (RowCursor cursor = source.open(execution, () -> {})) {
      while (cursor.next()) {
        rows.add(cursor.row().clone());
      }
    }
    // The keys of this run alone: a batch runs the statement again, and may write the same rows.
    Set<List<Object>> touched = new HashSet<>();
    long changed = 0;
    for (@Nullable Object[] row : rows) {
      if (merge(row, touched, execution, buffer)) {
        changed++;
      }
    }
    return changed;
  }

  private boolean merge(
      @Nullable Object[] row, Set<List<Object>> touched, Execution execution, RowBuffer buffer) {
    int keySize = on.columns().size();
    int width = inserts.map(each -> each.columns().length).orElse(0);
    buffer.begin(inserts.isEmpty() ? RowPlace.NOWHERE : inserts.get().places().getFirst());
    Object[] key = key(row, keySize);
    @Nullable Object[] old = key == null ? null : buffer.find(on.unique(), key);
    if (key != null && old != null) {
      // A row that this statement has made is found too.
      List<Object> oldKey = Arrays.asList(buffer.keyOf(old));
      if (touched.contains(oldKey)) {
        throw twice(key);
      }
      if (matched.isEmpty()) {
        return false;
      }
      touched.add(oldKey);
      @Nullable Object[] own = Arrays.copyOfRange(row, keySize + width, row.length);
      buffer.changeBy(matched.get().place());
      buffer.update(old, changed(matched.get(), old, own, execution));
      return true;
    }
    if (inserts.isEmpty()) {
      return false;
    }
    @Nullable Object[] given = Arrays.copyOfRange(row, keySize, keySize + width);
    @Nullable Object[] values = inserts.get().row(given, execution);
    Object[] newKey = buffer.keyOf(values);
    if (!touched.add(Arrays.asList(newKey))) {
      throw twice(newKey);
    }
    if (buffer.find(newKey) != null) {
      // The row is not the one the source's was compared with, so running again would not help.
      throw WriteProblems.keyExists(target, newKey, buffer.source());
    }
    buffer.put(Expectation.ABSENT, values);
    return true;
  }

  private static SqlProblemException twice(Object[] key) {
    return SqlProblem.of(
            ErrorCode.ROW_CHANGED_TWICE,
            "two rows of the source are for the key " + KeyText.of(key),
            "let the source give each key once.")
        .asException();
  }

  private @Nullable Object[] changed(
      Matched update, @Nullable Object[] old, @Nullable Object[] own, Execution execution) {
    int fields = target.fields().columns().size();
    @Nullable Object[] both = new Object[fields + own.length];
    for (int field = 0; field < fields; field++) {
      int ordinal = target.fields().ordinal(field);
      both[field] = ColumnValue.toRow(old[ordinal], target.definition(ordinal).type());
    }
    System.arraycopy(own, 0, both, fields, own.length);
    @Nullable Object[] changed = old.clone();
    for (int i = 0; i < update.columns().length; i++) {
      int ordinal = update.columns()[i];
      changed[ordinal] =
          RowBuffer.engineValue(
              update.values()[i].evaluate(both, execution.bindings()), target.definition(ordinal));
    }
    return changed;
  }

  private Object @Nullable [] key(@Nullable Object[] row, int keySize) {
    Object[] key = new Object[keySize];
    for (int i = 0; i < keySize; i++) {
      int ordinal = target.definition().ordinal(on.columns().get(i)).orElseThrow();
      Object part = RowBuffer.engineValue(row[i], target.definition(ordinal));
      if (part == null) {
        return null;
      }
      key[i] = part;
    }
    return key;
  }

  @Override
  public boolean expects(DuplicateKeyException duplicate) {
    return duplicate.collection().equals(on.collectionName(target)) && matched.isPresent();
  }

  @Override
  public PlanNode explained() {
    return new WriteNode(
        "Merge("
            + target.label()
            + ", on="
            + on.columns()
            + matched.map(each -> ", matched=update" + target.names(each.columns())).orElse("")
            + inserts.map(each -> ", not_matched=insert" + target.names(each.columns())).orElse("")
            + ")",
        List.of(source.plan()));
  }

  @Override
  public boolean readsBeforeItWrites() {
    return true;
  }
}
