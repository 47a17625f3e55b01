package io.quiver.engine;

import io.quiver.engine.key.RowKey;
import io.quiver.engine.log.CommitRecord;
import io.quiver.engine.log.RowChange;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.segment.Memtable;
import io.quiver.engine.segment.Segment;
import io.quiver.engine.write.SchemaChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The state as the one writing thread sees it: applies records, changes the layout, and gives what
 * there is to be published. Starting up and committing apply records through here alike.
 */
final class StateWriter {
  private final LongSupplier segmentIds;
  private Layout layout;
  private int[] rows;
  private int[] deletions;
  private long position;

  /** Where a key's newest row is, and whether it is deleted. */
  record Located(@Nullable Segment segment, int row, long changedAt) {
    boolean isLive() {
      return segment != null;
    }
  }

  StateWriter(Layout layout, long position, LongSupplier segmentIds) {
    this.layout = layout;
    this.position = position;
    this.segmentIds = segmentIds;
    this.rows = new int[layout.segments().size()];
    this.deletions = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = layout.segments().get(i).rows();
      deletions[i] = layout.segments().get(i).deletions().count();
    }
  }

  Layout layout() {
    return layout;
  }

  long position() {
    return position;
  }

  EngineState state() {
    return new EngineState(position, layout, rows.clone(), deletions.clone());
  }

  @Nullable CollectionSchema schema(long collection) {
    CollectionLayout found = layout.collections().get(collection);
    return found == null ? null : found.schema();
  }

  Map<Long, CollectionSchema> schemas() {
    Map<Long, CollectionSchema> schemas = new HashMap<>();
    layout.collections().forEach((id, collection) -> schemas.put(id, collection.schema()));
    return schemas;
  }

  /** The newest row of a key, with the position at which it was last written or deleted. */
  Located locate(long collection, int shardIndex, RowKey key) {
    ShardLayout shard = layout.collection(collection).shards().get(shardIndex);
    long changedAt = 0;
    List<Segment> segments = shard.segments();
    for (int i = segments.size() - 1; i >= 0; i--) {
      Segment segment = segments.get(i);
      int row = segment.newest(key);
      if (row >= 0) {
        long deletedAt = segment.deletions().deletedAt(row);
        if (deletedAt == 0) {
          return new Located(segment, row, segment.writtenAt(row));
        }
        changedAt = Math.max(changedAt, deletedAt);
      }
    }
    return new Located(null, -1, Math.max(changedAt, shard.forgotten()));
  }

  /**
   * Reads what applying a commit to a shard reads, if that was not done before: damage must be
   * found while the commit can still be refused.
   */
  void verifyKeys(long collection, int shard) {
    for (Segment segment : layout.collection(collection).shards().get(shard).segments()) {
      segment.verifyKeys();
    }
  }

  /**
   * Applies a commit to the shards that do not have it yet.
   *
   * @param at position of the commit, after that of the last record applied
   */
  void apply(long at, CommitRecord commit) {
    for (CommitRecord.Part part : commit.parts()) {
      CollectionLayout collection = layout.collections().get(part.schema().id());
      if (collection == null || collection.shards().get(part.shard()).flushed() >= at) {
        continue;
      }
      ShardLayout shard = collection.shards().get(part.shard());
      List<Segment> segments = shard.segments();
      for (RowChange change : part.changes()) {
        apply(at, segments, shard.active(), change);
      }
    }
    position = at;
  }

  private void apply(long at, List<Segment> segments, Memtable active, RowChange change) {
    for (int i = segments.size() - 1; i >= 0; i--) {
      Segment segment = segments.get(i);
      int row = segment.newest(change.key());
      if (row >= 0 && segment.deletions().deletedAt(row) == 0) {
        segment.deletions().add(row, at);
        deletions[layout.ordinal(segment)]++;
        break;
      }
    }
    @Nullable Object[] values = change.values();
    if (values != null) {
      active.append(change.key(), Segment.stamp(at, change.ordinal()), values);
      rows[layout.ordinal(active)]++;
    }
  }

  /** Goes past a record whose changes the state has already. */
  void pass(long at) {
    position = at;
  }

  /** Applies schema changes. */
  void apply(long at, List<SchemaChange> changes) {
    for (SchemaChange change : changes) {
      Map<Long, CollectionLayout> collections = new HashMap<>(layout.collections());
      List<Memtable> made = new ArrayList<>();
      switch (change) {
        case SchemaChange.Create create ->
            collections.put(create.schema().id(), empty(create.schema(), at, made));
        case SchemaChange.Drop drop -> collections.remove(drop.collection());
        case SchemaChange.Truncate truncate ->
            collections.computeIfPresent(
                truncate.collection(), (id, old) -> empty(old.schema(), at, made));
        case SchemaChange.Replace replace ->
            collections.computeIfPresent(
                replace.schema().id(), (id, old) -> replace(old, replace.schema(), at, made));
      }
      install(collections, made);
    }
    position = at;
  }

  /** A collection without rows, all of whose shards stand at a position. */
  private CollectionLayout empty(CollectionSchema schema, long at, List<Memtable> made) {
    List<ShardLayout> shards = new ArrayList<>();
    for (int i = 0; i < schema.shards(); i++) {
      shards.add(new ShardLayout(at, at, List.of(), List.of(), memtable(schema, made)));
    }
    return new CollectionLayout(schema, shards);
  }

  private CollectionLayout replace(
      CollectionLayout old, CollectionSchema schema, long at, List<Memtable> made) {
    List<ShardLayout> shards = new ArrayList<>();
    for (ShardLayout shard : old.shards()) {
      shard.sealed().forEach(segment -> segment.renameIndexes(old.schema(), schema));
      Memtable next = memtable(schema, made);
      shards.add(
          shard.active().rows() > 0
              ? shard.withFrozen(at, next)
              : new ShardLayout(
                  shard.flushed(), shard.forgotten(), shard.sealed(), shard.frozen(), next));
    }
    return new CollectionLayout(schema, shards);
  }

  private Memtable memtable(CollectionSchema schema, List<Memtable> made) {
    Memtable memtable = new Memtable(segmentIds.getAsLong(), schema);
    made.add(memtable);
    return memtable;
  }

  /** Freezes the active memtables that a test says; whether there was one. */
  boolean freeze(BiPredicate<CollectionSchema, Memtable> isFull) {
    Map<Long, CollectionLayout> collections = new HashMap<>();
    List<Memtable> made = new ArrayList<>();
    layout
        .collections()
        .forEach(
            (id, collection) -> {
              CollectionLayout changed = collection;
              for (int i = 0; i < collection.shards().size(); i++) {
                ShardLayout shard = collection.shards().get(i);
                if (shard.active().rows() > 0 && isFull.test(collection.schema(), shard.active())) {
                  Memtable next = memtable(collection.schema(), made);
                  changed = changed.withShard(i, shard.withFrozen(position, next));
                }
              }
              collections.put(id, changed);
            });
    if (made.isEmpty()) {
      return false;
    }
    install(collections, made);
    return true;
  }

  /**
   * Replaces one shard's segments.
   *
   * @param fresh segments that are new in it; their first lease goes to the layout
   */
  void replaceShard(long collection, int index, ShardLayout shard, List<? extends Segment> fresh) {
    Map<Long, CollectionLayout> collections = new HashMap<>(layout.collections());
    collections.computeIfPresent(collection, (id, old) -> old.withShard(index, shard));
    install(collections, fresh);
  }

  private void install(Map<Long, CollectionLayout> collections, List<? extends Segment> fresh) {
    Layout next = new Layout(collections);
    int[] nextRows = new int[next.segments().size()];
    int[] nextDeletions = new int[nextRows.length];
    for (int i = 0; i < nextRows.length; i++) {
      Segment segment = next.segments().get(i);
      if (layout.contains(segment)) {
        nextRows[i] = rows[layout.ordinal(segment)];
        nextDeletions[i] = deletions[layout.ordinal(segment)];
      } else {
        nextRows[i] = segment.rows();
        nextDeletions[i] = segment.deletions().count();
      }
    }
    Layout old = layout;
    layout = next;
    rows = nextRows;
    deletions = nextDeletions;
    fresh.forEach(Segment::release);
    old.release();
  }
}
