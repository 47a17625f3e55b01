package io.quiver.engine;

import io.quiver.engine.compact.MergePolicy;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.log.CommitRecord;
import io.quiver.engine.log.RowChange;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.Derivation;
import io.quiver.engine.segment.Memtable;
import io.quiver.engine.segment.Patches;
import io.quiver.engine.segment.SealedSegment;
import io.quiver.engine.segment.Segment;
import io.quiver.engine.write.ColumnDeriver;
import io.quiver.engine.write.SchemaChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The state as the one writing thread sees it: applies records, changes the layout, and gives what
 * there is to be published. Starting up and committing apply records through here alike.
 */
final class StateWriter {
  private final LongSupplier segmentIds;
  private final ColumnDeriver deriver;
  private Layout layout;
  private int[] rows;
  private int[] deletions;
  private Patches.Seen[] patches;
  private long position;
  private boolean foldingDue;

  /** Where a key's newest row is, and whether it is deleted. */
  record Located(@Nullable Segment segment, int row, long changedAt) {
    boolean isLive() {
      return segment != null;
    }
  }

  StateWriter(Layout layout, long position, LongSupplier segmentIds, ColumnDeriver deriver) {
    this.layout = layout;
    this.position = position;
    this.segmentIds = segmentIds;
    this.deriver = deriver;
    this.rows = new int[layout.segments().size()];
    this.deletions = new int[rows.length];
    this.patches = new Patches.Seen[rows.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = layout.segments().get(i).rows();
      deletions[i] = layout.segments().get(i).deletions().count();
      patches[i] = layout.segments().get(i).patches().seen();
    }
  }

  Layout layout() {
    return layout;
  }

  long position() {
    return position;
  }

  EngineState state() {
    return new EngineState(position, layout, rows.clone(), deletions.clone(), patches.clone());
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
          long writtenAt = Math.max(segment.writtenAt(row), segment.patches().changedAt(row));
          return new Located(segment, row, writtenAt);
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
        if (change.isPatch()) {
          patch(at, segments, part.schema(), change);
        } else {
          apply(at, segments, shard.active(), change);
        }
      }
    }
    position = at;
  }

  private void apply(long at, List<Segment> segments, Memtable active, RowChange change) {
    for (int i = segments.size() - 1; i >= 0; i--) {
      Segment segment = segments.get(i);
      int row = segment.newest(change.key());
      if (row >= 0 && segment.deletions().deletedAt(row) == 0) {
        boolean crowded = isCrowded(segment);
        segment.deletions().add(row, at);
        foldingDue |= !crowded && isCrowded(segment);
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

  /**
   * Patches a row where it is. It is there, but when a log is replayed whose later deletions are in
   * files already: then nothing is lost.
   */
  private void patch(long at, List<Segment> segments, CollectionSchema schema, RowChange change) {
    @Nullable Object[] values = Objects.requireNonNull(change.values());
    int[] columns = Objects.requireNonNull(change.columns());
    for (int i = segments.size() - 1; i >= 0; i--) {
      Segment segment = segments.get(i);
      int row = segment.newest(change.key());
      if (row >= 0 && segment.deletions().deletedAt(row) == 0) {
        boolean crowded = isCrowded(segment);
        segment.patches().add(row, at, schema, columns, values);
        foldingDue |= !crowded && isCrowded(segment);
        segment.compactPatches();
        patches[layout.ordinal(segment)] = segment.patches().seen();
        return;
      }
    }
  }

  /** A memtable is sealed without what is deleted, whenever its time comes. */
  private static boolean isCrowded(Segment segment) {
    long changed = (long) segment.deletions().count() + segment.patches().rows();
    return segment instanceof SealedSegment && MergePolicy.isWasteful(segment.rows(), changed);
  }

  /**
   * Whether since this was asked so many rows of a segment were deleted or patched that it should
   * be written anew.
   */
  boolean isFoldingDue() {
    boolean due = foldingDue;
    foldingDue = false;
    return due;
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
      shard.segments().forEach(segment -> derive(segment, old.schema(), schema, at));
      Memtable next = memtable(schema, made);
      shards.add(
          shard.active().rows() > 0
              ? shard.withFrozen(at, next)
              : new ShardLayout(
                  shard.flushed(), shard.forgotten(), shard.sealed(), shard.frozen(), next));
    }
    return new CollectionLayout(schema, shards);
  }

  /** What was patched in the source of a column that is new is patched in the column too. */
  private void derive(Segment segment, CollectionSchema old, CollectionSchema next, long at) {
    for (ColumnSpec column : next.columns()) {
      boolean isNew = old.columns().stream().noneMatch(each -> each.id() == column.id());
      if (isNew && column.derivation().isPresent()) {
        Derivation derivation = column.derivation().get();
        int source = next.columns().get(next.ordinal(derivation.source()).orElseThrow()).id();
        segment
            .patches()
            .derive(at, source, column, value -> deriver.derive(derivation.recipe(), value));
        patches[layout.ordinal(segment)] = segment.patches().seen();
      }
    }
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
    Patches.Seen[] nextPatches = new Patches.Seen[nextRows.length];
    for (int i = 0; i < nextRows.length; i++) {
      Segment segment = next.segments().get(i);
      if (layout.contains(segment)) {
        nextRows[i] = rows[layout.ordinal(segment)];
        nextDeletions[i] = deletions[layout.ordinal(segment)];
        nextPatches[i] = patches[layout.ordinal(segment)];
      } else {
        nextRows[i] = segment.rows();
        nextDeletions[i] = segment.deletions().count();
        nextPatches[i] = segment.patches().seen();
      }
    }
    Layout old = layout;
    layout = next;
    rows = nextRows;
    deletions = nextDeletions;
    patches = nextPatches;
    fresh.forEach(Segment::release);
    old.release();
  }
}
