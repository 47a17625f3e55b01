package io.quiver.engine;

import io.quiver.engine.key.RowKey;
import io.quiver.engine.key.Sharding;
import io.quiver.engine.log.CommitRecord;
import io.quiver.engine.log.LogRecord;
import io.quiver.engine.log.RowChange;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.Derivation;
import io.quiver.engine.segment.Segment;
import io.quiver.engine.write.ColumnDeriver;
import io.quiver.engine.write.WriteBatch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A commit in the making: changes as they come, of which each key keeps the last. */
final class CommitDraft {
  private final ColumnDeriver deriver;
  private final Map<Long, CollectionSchema> schemas = new LinkedHashMap<>();
  private final Map<Long, Map<RowKey, Slot>> slots = new HashMap<>();
  private final Map<Long, Derived> derivations = new HashMap<>();
  private int ordinals;

  CommitDraft(ColumnDeriver deriver) {
    this.deriver = deriver;
  }

  /** A draft without changes, whose next come after those of this one. */
  CommitDraft emptied() {
    CommitDraft empty = new CommitDraft(deriver);
    empty.ordinals = ordinals;
    return empty;
  }

  /**
   * One change, derived columns computed.
   *
   * @param key values of the key
   * @param row of the change in its batch
   */
  record Change(
      CollectionSchema schema,
      WriteBatch.Expectation expectation,
      Object[] key,
      int row,
      RowChange rowChange) {
    /** Whether the row is there after it. */
    boolean puts() {
      return rowChange.values() != null;
    }

    Change expecting(WriteBatch.Expectation other) {
      return new Change(schema, other, key, row, rowChange);
    }
  }

  /** The changes to one key so far: what the first expects, what the last does. */
  private static final class Slot {
    final Change first;
    RowChange last;

    Slot(Change first) {
      this.first = first;
      this.last = first.rowChange;
    }
  }

  /** Prepares a change of a batch, without adding it. */
  Change change(WriteBatch batch, int row) {
    CollectionSchema schema = batch.schema();
    WriteBatch.Change change = batch.changes().get(row);
    Derived derived = derivations.get(schema.id());
    if (derived == null || !derived.schema.equals(schema)) {
      derived = Derived.of(schema);
      derivations.put(schema.id(), derived);
    }
    if (ordinals == Segment.MAX_CHANGES) {
      throw new IllegalArgumentException(
          "More than " + Segment.MAX_CHANGES + " changes in one commit; commit fewer");
    }
    RowKey key = RowKey.of(change.key());
    @Nullable Object[] values = derived.fill(change.values(), deriver);
    int[] patched = change.patched();
    RowChange rowChange =
        values == null || patched == null
            ? new RowChange(key, ordinals++, null, values)
            : patch(key, ordinals++, derived.patchedWith(patched), values);
    return new Change(schema, change.expectation(), change.key(), row, rowChange);
  }

  private static RowChange patch(RowKey key, int ordinal, int[] columns, @Nullable Object[] row) {
    @Nullable Object[] values = IntStream.of(columns).mapToObj(column -> row[column]).toArray();
    return new RowChange(key, ordinal, columns, values);
  }

  /**
   * Adds a change.
   *
   * @throws DuplicateKeyException if it inserts a key that the draft has put already
   * @throws WriteConflictException if its collection was redefined since the draft's first change
   */
  void add(Change change) {
    CollectionSchema schema = change.schema;
    CollectionSchema other = schemas.putIfAbsent(schema.id(), schema);
    if (other != null && !other.equals(schema)) {
      throw new WriteConflictException(
          "Collection " + schema.name() + " was redefined between two batches");
    }
    Map<RowKey, Slot> byKey = slots.computeIfAbsent(schema.id(), id -> new LinkedHashMap<>());
    Slot slot = byKey.putIfAbsent(change.rowChange.key(), new Slot(change));
    if (slot == null) {
      return;
    }
    if (change.expectation == WriteBatch.Expectation.ABSENT && slot.last.values() != null) {
      throw new DuplicateKeyException(schema.name(), change.key, change.row);
    }
    slot.last = change.rowChange.isPatch() ? both(slot.last, change) : change.rowChange;
  }

  /** A patch after another change of the same row. */
  private static RowChange both(RowChange before, Change change) {
    RowChange patch = change.rowChange;
    @Nullable Object[] values = before.values();
    @Nullable Object[] later = patch.values();
    int[] laterColumns = patch.columns();
    int[] columns = before.columns();
    if (values == null || later == null || laterColumns == null) {
      throw new IllegalArgumentException("Invalid update: of a row the commit has deleted");
    }
    @Nullable Object[] row = new @Nullable Object[change.schema.columns().size()];
    BitSet given = new BitSet();
    for (int i = 0; i < values.length; i++) {
      int column = columns == null ? i : columns[i];
      row[column] = values[i];
      given.set(column);
    }
    for (int i = 0; i < later.length; i++) {
      row[laterColumns[i]] = later[i];
      given.set(laterColumns[i]);
    }
    return columns == null
        ? new RowChange(patch.key(), patch.ordinal(), null, row)
        : patch(patch.key(), patch.ordinal(), given.stream().toArray(), row);
  }

  /**
   * What there is, as the writing thread takes it.
   *
   * @param isTransaction see {@link PreparedCommit}
   */
  PreparedCommit finish(long readPosition, boolean isTransaction) {
    List<CommitRecord.Part> parts = new ArrayList<>();
    List<PreparedCommit.Check> checks = new ArrayList<>();
    for (CollectionSchema schema : schemas.values()) {
      Map<Integer, List<RowChange>> byShard = new TreeMap<>();
      for (Map.Entry<RowKey, Slot> entry : slots.getOrDefault(schema.id(), Map.of()).entrySet()) {
        Change first = entry.getValue().first;
        RowChange last = entry.getValue().last;
        int shard = Sharding.shard(schema, first.key, entry.getKey());
        byShard.computeIfAbsent(shard, index -> new ArrayList<>()).add(last);
        checks.add(
            new PreparedCommit.Check(
                schema,
                shard,
                entry.getKey(),
                first.expectation,
                first.key,
                first.row,
                first.rowChange.isPatch(),
                last.values() != null));
      }
      byShard.forEach(
          (shard, changes) -> {
            changes.sort(Comparator.comparingInt(RowChange::ordinal));
            parts.add(new CommitRecord.Part(schema, shard, changes));
          });
    }
    CommitRecord record = new CommitRecord(parts);
    LogRecord logRecord = new LogRecord(LogRecord.Type.COMMIT, record.encode());
    return new PreparedCommit(record, logRecord, checks, readPosition, isTransaction);
  }

  /** The derived columns of a schema, with the ordinals of their sources. */
  private record Derived(
      CollectionSchema schema, List<Integer> columns, List<Integer> sources, List<String> recipes) {
    static Derived of(CollectionSchema schema) {
      Derived derived =
          new Derived(schema, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (int i = 0; i < schema.columns().size(); i++) {
        ColumnSpec column = schema.columns().get(i);
        if (column.derivation().isPresent()) {
          Derivation derivation = column.derivation().get();
          derived.columns.add(i);
          derived.sources.add(schema.ordinal(derivation.source()).orElseThrow());
          derived.recipes.add(derivation.recipe());
        }
      }
      return derived;
    }

    /** Columns patched, with those that follow from them. */
    int[] patchedWith(int[] patched) {
      BitSet all = new BitSet();
      IntStream.of(patched).forEach(all::set);
      for (int i = 0; i < columns.size(); i++) {
        if (all.get(sources.get(i))) {
          all.set(columns.get(i));
        }
      }
      return all.stream().toArray();
    }

    @Nullable Object @Nullable [] fill(
        @Nullable Object @Nullable [] values, ColumnDeriver deriver) {
      if (values == null || columns.isEmpty()) {
        return values;
      }
      @Nullable Object[] filled = values.clone();
      for (int i = 0; i < columns.size(); i++) {
        filled[columns.get(i)] = deriver.derive(recipes.get(i), filled[sources.get(i)]);
      }
      return filled;
    }
  }
}
