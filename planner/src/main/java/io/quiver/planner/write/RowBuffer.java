package io.quiver.planner.write;

import io.quiver.engine.Snapshot;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.write.InvalidRowException;
import io.quiver.engine.write.WriteBatch;
import io.quiver.engine.write.WriteBatch.Expectation;
import io.quiver.planner.expression.Bindings;
import io.quiver.planner.filter.ColumnValue;
import io.quiver.sql.catalog.ColumnDefinition;
import io.quiver.sql.catalog.TableDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a statement or batch, before they are committed: what it will write, laid over
 * what its snapshot holds. For one thread.
 *
 * <p>Rows here are in the engine's classes, one value a column of the definition.
 */
final class RowBuffer {
  private final WriteTarget target;
  private final CollectionView view;
  private final WriteBatch batch;
  private final Map<List<Object>, Optional<@Nullable Object[]>> written = new HashMap<>();
  private final List<@Nullable Object[]> returned = new ArrayList<>();
  private final Snapshot snapshot;
  private final Bindings bindings;

  /** Rows of keys written here as the snapshot has them; kept for unique constraints alone. */
  private final Map<List<Object>, Optional<@Nullable Object[]>> originals = new HashMap<>();

  /** Who has a value of a unique constraint by a write here. */
  private final Map<UniqueValue, Object[]> owners = new HashMap<>();

  /** Which row of the statement wrote a key; kept for unique constraints alone. */
  private final Map<List<Object>, SourceRow> sources = new HashMap<>();

  /** The row of the statement that each change of the batch comes from. */
  private final List<SourceRow> changes = new ArrayList<>();

  private SourceRow source = new SourceRow(0, null, List.of(), RowPlace.NOWHERE);
  private int rows;

  private record UniqueValue(UniqueEntries unique, RowKey values) {}

  /**
   * @param bindings for the expressions of generated columns and CHECK
   */
  RowBuffer(WriteTarget target, Snapshot snapshot, Bindings bindings) {
    this.target = target;
    this.snapshot = snapshot;
    this.bindings = bindings;
    this.view = snapshot.collection(target.definition().id());
    this.batch = new WriteBatch(view.schema());
  }

  WriteBatch batch() {
    return batch;
  }

  /** Begins with a row that the statement gives; what is refused from here on is told of it. */
  void begin(RowPlace place) {
    source = new SourceRow(rows++, null, List.of(), place);
  }

  /** Begins with a row that the statement changes. */
  void begin(RowPlace place, Object[] key) {
    List<String> columns = target.definition().primaryKey();
    boolean users = !columns.contains(TableDefinition.ROW_NUMBER);
    source = new SourceRow(rows++, users ? key : null, columns, place);
  }

  /** Goes on with a row that the statement gives, and changes one that is there by it. */
  void changeBy(RowPlace place) {
    source = new SourceRow(source.number(), null, List.of(), place);
  }

  /** The row begun with. */
  SourceRow source() {
    return source;
  }

  /** The row of the statement that a change of the batch comes from. */
  SourceRow source(int change) {
    return changes.get(change);
  }

  /** All that is to be committed: the rows, and what unique constraints keep of them. */
  List<WriteBatch> batches() {
    List<WriteBatch> batches = new ArrayList<>();
    batches.add(batch);
    if (!target.uniques().isEmpty()) {
      List<UniqueEntries.Change> changes = new ArrayList<>();
      originals.forEach(
          (key, before) ->
              changes.add(
                  new UniqueEntries.Change(
                      before.orElse(null),
                      written.getOrDefault(key, Optional.empty()).orElse(null))));
      for (UniqueEntries unique : target.uniques()) {
        WriteBatch entries = unique.batch(changes);
        if (!entries.isEmpty()) {
          batches.add(entries);
        }
      }
    }
    return batches;
  }

  /** Rows as written, or as deleted, for RETURNING. */
  List<@Nullable Object[]> returned() {
    return returned;
  }

  /** The row with this key as this statement sees it, its own changes included. */
  @Nullable Object @Nullable [] find(Object[] key) {
    Optional<@Nullable Object[]> own = written.get(Arrays.asList(key));
    if (own != null) {
      return own.orElse(null);
    }
    return stored(key);
  }

  private @Nullable Object @Nullable [] stored(Object[] key) {
    long row = view.find(key);
    if (row < 0) {
      return null;
    }
    @Nullable Object[] values = new Object[target.definition().columns().size()];
    for (int i = 0; i < values.length; i++) {
      if (target.definition(i).derivation().isEmpty()) {
        values[i] = view.value(row, i);
      }
    }
    return values;
  }

  /**
   * The row that stands in the way of a new one: it has its key, or a value that must be unique.
   *
   * @param by the constraints that count; null for the key
   */
  @Nullable Object @Nullable [] conflicting(
      @Nullable Object[] values, List<@Nullable UniqueEntries> by) {
    for (UniqueEntries unique : by) {
      @Nullable Object[] found = unique == null ? find(keyOf(values)) : sameValues(unique, values);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Object @Nullable [] sameValues(
      UniqueEntries unique, @Nullable Object[] values) {
    return unique.values(values).map(wanted -> withValues(unique, wanted)).orElse(null);
  }

  /**
   * The row with this key as this statement sees it.
   *
   * @param unique the constraint whose columns the key is of; empty for the primary key
   */
  @Nullable Object @Nullable [] find(Optional<UniqueEntries> unique, Object[] key) {
    return unique.isPresent() ? withValues(unique.get(), key) : find(key);
  }

  private @Nullable Object @Nullable [] withValues(UniqueEntries unique, Object[] wanted) {
    RowKey wantedKey = RowKey.of(wanted);
    Object[] own = owners.get(new UniqueValue(unique, wantedKey));
    Optional<Object[]> owner = own != null ? Optional.of(own) : unique.owner(wanted, snapshot);
    @Nullable Object[] row = owner.isEmpty() ? null : find(owner.get());
    // A write here may have given the row another value.
    boolean has =
        row != null
            && unique.values(row).map(each -> RowKey.of(each).equals(wantedKey)).orElse(false);
    return has ? row : null;
  }

  private void remember(Object[] key, @Nullable Object @Nullable [] after) {
    if (target.uniques().isEmpty()) {
      return;
    }
    originals.computeIfAbsent(Arrays.asList(key), each -> Optional.ofNullable(stored(key)));
    for (UniqueEntries unique : target.uniques()) {
      unique
          .values(after)
          .ifPresent(values -> owners.put(new UniqueValue(unique, RowKey.of(values)), key));
    }
  }

  /** Whether this statement has written or deleted the row already. */
  boolean hasWritten(Object[] key) {
    return written.containsKey(Arrays.asList(key));
  }

  /** The key of a row, whose columns must have values. */
  Object[] keyOf(@Nullable Object[] values) {
    TableDefinition table = target.definition();
    Object[] key = new Object[table.primaryKey().size()];
    for (int i = 0; i < key.length; i++) {
      int ordinal = table.ordinal(table.primaryKey().get(i)).orElseThrow();
      Object part = values[ordinal];
      if (part == null) {
        throw WriteProblems.absent(target, ordinal, source);
      }
      key[i] = part;
    }
    return key;
  }

  void put(Expectation expectation, @Nullable Object[] values) {
    target.rules().apply(values, source, bindings);
    // The values an unknown row frees are those it had in this snapshot, so it must not change.
    Expectation expected =
        expectation == Expectation.ANY && !target.uniques().isEmpty()
            ? Expectation.UNCHANGED
            : expectation;
    try {
      batch.put(expected, values);
    } catch (InvalidRowException invalid) {
      throw WriteProblems.of(invalid, target, source);
    }
    wrote(values);
  }

  /**
   * Changes a row, which stays where it is if its vectors do.
   *
   * @param before the row as {@link #find} gave it
   */
  void update(@Nullable Object[] before, @Nullable Object[] after) {
    target.rules().apply(after, source, bindings);
    Expectation expected =
        hasWritten(keyOf(after)) && target.uniques().isEmpty()
            ? Expectation.ANY
            : Expectation.UNCHANGED;
    try {
      batch.update(expected, before, after);
    } catch (InvalidRowException invalid) {
      throw WriteProblems.of(invalid, target, source);
    }
    wrote(after);
  }

  /**
   * Puts a row in the place of the one that has its key, if there is one; that one stays where it
   * is if its vectors do.
   */
  void replace(@Nullable Object[] values) {
    @Nullable Object[] before = target.hasVectors() ? find(keyOf(values)) : null;
    if (before != null && target.sameVectors(before, values)) {
      update(before, values);
    } else {
      put(Expectation.ANY, values);
    }
  }

  /** Which row of the statement took values that another row has; null if it is unknown. */
  @Nullable SourceRow rowOf(UniqueEntries unique, Object[] values) {
    Object[] key = owners.get(new UniqueValue(unique, RowKey.of(values)));
    return key == null ? null : sources.get(Arrays.asList(key));
  }

  private void wrote(@Nullable Object[] values) {
    Object[] key = keyOf(values);
    if (!target.uniques().isEmpty()) {
      sources.put(Arrays.asList(key), source);
    }
    changes.add(source);
    remember(key, values);
    written.put(Arrays.asList(key), Optional.of(values));
    returned.add(values);
  }

  void delete(Object[] key, @Nullable Object[] values) {
    remove(key);
    returned.add(values);
  }

  /** Deletes a row that goes on under another key. */
  void remove(Object[] key) {
    batch.delete(Expectation.UNCHANGED, key);
    changes.add(source);
    remember(key, null);
    written.put(Arrays.asList(key), Optional.empty());
  }

  /** A row of a plan as a row of the engine: a value for each of some columns. */
  static @Nullable Object engineValue(@Nullable Object value, ColumnDefinition column) {
    return ColumnValue.toEngine(value, column.type());
  }
}
