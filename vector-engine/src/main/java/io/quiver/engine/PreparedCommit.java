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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A commit as the writing thread takes it: each key once, derived columns computed, bytes for the
 * log ready. Made by the thread that commits, so that preparing runs in parallel.
 *
 * @param checks what must hold of each key, by collection
 * @param readPosition of the snapshot the changes were computed from
 */
record PreparedCommit(
    CommitRecord record, LogRecord logRecord, List<Check> checks, long readPosition) {
  /**
   * What must hold of one key.
   *
   * @param values of the key, for messages
   * @param row of the change in its batch
   * @param alive whether the row is there after this commit
   */
  record Check(
      CollectionSchema schema,
      int shard,
      RowKey key,
      WriteBatch.Expectation expectation,
      Object[] values,
      int row,
      boolean alive) {}

  /** The changes to one key so far. */
  private static final class Slot {
    final WriteBatch.Expectation expectation;
    final Object[] values;
    final int row;
    RowChange change;

    Slot(WriteBatch.Expectation expectation, Object[] values, int row, RowChange change) {
      this.expectation = expectation;
      this.values = values;
      this.row = row;
      this.change = change;
    }
  }

  /**
   * Prepares a commit.
   *
   * @throws DuplicateKeyException if the batches themselves insert a key twice
   */
  static PreparedCommit of(List<WriteBatch> batches, long readPosition, ColumnDeriver deriver) {
    Map<Long, CollectionSchema> schemas = new LinkedHashMap<>();
    Map<Long, Map<RowKey, Slot>> slots = new HashMap<>();
    int ordinal = 0;
    for (WriteBatch batch : batches) {
      CollectionSchema schema = batch.schema();
      CollectionSchema other = schemas.putIfAbsent(schema.id(), schema);
      if (other != null && !other.equals(schema)) {
        throw new WriteConflictException(
            "Collection " + schema.name() + " was redefined between two batches; try again");
      }
      Map<RowKey, Slot> byKey = slots.computeIfAbsent(schema.id(), id -> new LinkedHashMap<>());
      Derived derived = Derived.of(schema);
      for (int row = 0; row < batch.changes().size(); row++) {
        add(batch.changes().get(row), row, ordinal++, schema, derived, deriver, byKey);
      }
    }
    if (ordinal > Segment.MAX_CHANGES) {
      throw new IllegalArgumentException(
          ordinal + " changes in one commit, more than " + Segment.MAX_CHANGES + "; commit fewer");
    }
    return finish(schemas, slots, readPosition);
  }

  private static void add(
      WriteBatch.Change change,
      int row,
      int ordinal,
      CollectionSchema schema,
      Derived derived,
      ColumnDeriver deriver,
      Map<RowKey, Slot> byKey) {
    RowKey key = RowKey.of(change.key());
    RowChange next = new RowChange(key, ordinal, derived.fill(change.values(), deriver));
    Slot slot = byKey.get(key);
    if (slot == null) {
      byKey.put(key, new Slot(change.expectation(), change.key(), row, next));
      return;
    }
    if (change.expectation() == WriteBatch.Expectation.ABSENT && slot.change.values() != null) {
      throw new DuplicateKeyException(schema.name(), change.key(), row);
    }
    slot.change = next;
  }

  private static PreparedCommit finish(
      Map<Long, CollectionSchema> schemas, Map<Long, Map<RowKey, Slot>> slots, long readPosition) {
    List<CommitRecord.Part> parts = new ArrayList<>();
    List<Check> checks = new ArrayList<>();
    for (CollectionSchema schema : schemas.values()) {
      Map<Integer, List<RowChange>> byShard = new TreeMap<>();
      Map<RowKey, Slot> byKey = slots.getOrDefault(schema.id(), Map.of());
      byKey.forEach(
          (key, slot) -> {
            int shard = Sharding.shard(schema, slot.values, key);
            byShard.computeIfAbsent(shard, index -> new ArrayList<>()).add(slot.change);
            boolean alive = slot.change.values() != null;
            checks.add(
                new Check(schema, shard, key, slot.expectation, slot.values, slot.row, alive));
          });
      byShard.forEach(
          (shard, changes) -> {
            changes.sort(Comparator.comparingInt(RowChange::ordinal));
            parts.add(new CommitRecord.Part(schema, shard, changes));
          });
    }
    CommitRecord record = new CommitRecord(parts);
    LogRecord logRecord = new LogRecord(LogRecord.Type.COMMIT, record.encode());
    return new PreparedCommit(record, logRecord, checks, readPosition);
  }

  /** The derived columns of a schema, with the ordinals of their sources. */
  private record Derived(List<Integer> columns, List<Integer> sources, List<String> recipes) {
    static Derived of(CollectionSchema schema) {
      Derived derived = new Derived(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
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
