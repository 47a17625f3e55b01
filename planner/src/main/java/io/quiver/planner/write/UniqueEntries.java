package io.quiver.planner.write;

import io.quiver.engine.Snapshot;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.write.WriteBatch;
import io.quiver.engine.write.WriteBatch.Expectation;
import io.quiver.sql.catalog.TableDefinition;
import io.quiver.sql.catalog.TableDefinition.UniqueDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a write changes in the collections of a table's unique constraints: the values that rows had
 * are freed, then those they have now are taken. That a value is taken by another row is found when
 * the commit enters the log, as it is for a key.
 */
record UniqueEntries(TableDefinition table, UniqueDefinition unique, int[] columns, int[] key) {
  static List<UniqueEntries> of(TableDefinition table) {
    return table.uniques().stream()
        .filter(unique -> unique.collection() != 0)
        .map(
            unique ->
                new UniqueEntries(
                    table,
                    unique,
                    ordinals(table, unique.columns()),
                    ordinals(table, table.primaryKey())))
        .toList();
  }

  private static int[] ordinals(TableDefinition table, List<String> columns) {
    return columns.stream().mapToInt(each -> table.ordinal(each).orElseThrow()).toArray();
  }

  /** Name of the collection that keeps the values. */
  String collectionName() {
    return table.entries(unique).name();
  }

  /** A row before and after the write; null where there is none. */
  record Change(@Nullable Object @Nullable [] before, @Nullable Object @Nullable [] after) {}

  WriteBatch batch(List<Change> changes) {
    WriteBatch batch = new WriteBatch(table.entries(unique));
    List<@Nullable Object[]> taken = new ArrayList<>();
    for (Change change : changes) {
      Optional<Object[]> before = values(change.before());
      Optional<Object[]> after = values(change.after());
      if (before.isPresent()
          && after.isPresent()
          && RowKey.of(before.get()).equals(RowKey.of(after.get()))) {
        continue;
      }
      before.ifPresent(values -> batch.delete(Expectation.UNCHANGED, values));
      after.ifPresent(
          values -> {
            @Nullable Object[] row = change.after();
            if (row != null) {
              taken.add(entry(values, row));
            }
          });
    }
    taken.forEach(entry -> batch.put(Expectation.ABSENT, entry));
    return batch;
  }

  private @Nullable Object[] entry(Object[] values, @Nullable Object[] row) {
    @Nullable Object[] entry = new Object[columns.length + key.length];
    System.arraycopy(values, 0, entry, 0, values.length);
    for (int i = 0; i < key.length; i++) {
      entry[columns.length + i] = row[key[i]];
    }
    return entry;
  }

  /** The unique values of a row; empty where one is null, which is unlike every other. */
  Optional<Object[]> values(@Nullable Object @Nullable [] row) {
    if (row == null) {
      return Optional.empty();
    }
    Object[] values = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      Object value = row[columns[i]];
      if (value == null) {
        return Optional.empty();
      }
      values[i] = value;
    }
    return Optional.of(values);
  }

  /** The primary key of the row that has these values, if there is one. */
  Optional<Object[]> owner(Object[] values, Snapshot snapshot) {
    CollectionView entries = snapshot.collection(unique.collection());
    long row = entries.find(values);
    if (row < 0) {
      return Optional.empty();
    }
    Object[] owner = new Object[key.length];
    for (int i = 0; i < key.length; i++) {
      Object part = entries.value(row, columns.length + i);
      if (part == null) {
        throw new IllegalStateException("A value of " + unique.name() + " belongs to no row");
      }
      owner[i] = part;
    }
    return Optional.of(owner);
  }
}
