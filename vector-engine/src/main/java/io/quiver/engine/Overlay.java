package io.quiver.engine;

import io.quiver.engine.key.RowKey;
import io.quiver.engine.key.Sharding;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.segment.Deletions;
import io.quiver.engine.segment.Memtable;
import io.quiver.engine.segment.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Uncommitted changes laid over a snapshot: for each collection written to a memtable of its own,
 * and of each segment below the rows that it hides.
 *
 * <p>Like a memtable of the database it only grows, so that what a statement sees of it is a
 * prefix, and a cursor that is still open is not disturbed by what comes later. One thread at a
 * time changes it.
 */
final class Overlay {
  /** First numbers of memtables in transactions: no file is ever named by them. */
  private static final long MEMTABLE_ID = Long.MAX_VALUE;

  private final EngineSnapshot base;
  private final Map<Long, Layer> layers = new HashMap<>();
  private long position;

  /** The changes to one collection. */
  private record Layer(
      CollectionSchema schema, Memtable memtable, IdentityHashMap<Segment, Deletions> hidden) {}

  /** What a statement sees of the changes to one collection. */
  record Prefix(
      Memtable memtable, int rows, int deletions, Map<Segment, SegmentView.Hidden> hidden) {}

  Overlay(EngineSnapshot base) {
    this.base = base;
    this.position = base.position();
  }

  /** Whether a row with this key is there, uncommitted changes considered. */
  boolean holds(CollectionSchema schema, RowKey key, Object[] values) {
    Layer layer = layers.get(schema.id());
    if (layer != null) {
      Memtable own = layer.memtable;
      if (own.find(key, own.rows(), position) >= 0) {
        return true;
      }
    }
    for (SegmentView segment : base.collection(schema.id()).segments()) {
      if (segment.isOf(Sharding.shard(schema, values, key))) {
        int row = segment.find(key);
        if (row >= 0) {
          Deletions hidden = layer == null ? null : layer.hidden.get(segment.segment());
          return hidden == null || !hidden.isDeleted(row, position);
        }
      }
    }
    return false;
  }

  /** Makes the changes of one statement, all of which can be made. */
  void apply(List<CommitDraft.Change> changes) {
    position++;
    for (CommitDraft.Change change : changes) {
      apply(change);
    }
  }

  private void apply(CommitDraft.Change change) {
    CollectionSchema schema = change.schema();
    Layer layer =
        layers.computeIfAbsent(
            schema.id(),
            id -> new Layer(schema, new Memtable(MEMTABLE_ID, schema), new IdentityHashMap<>()));
    RowKey key = change.rowChange().key();
    Memtable own = layer.memtable;
    int before = own.find(key, own.rows(), position);
    if (before >= 0) {
      own.deletions().add(before, position);
    } else {
      hide(layer, change);
    }
    @Nullable Object @Nullable [] values = change.rowChange().values();
    if (values != null) {
      own.append(key, Segment.stamp(position, change.rowChange().ordinal()), values);
    }
  }

  private void hide(Layer layer, CommitDraft.Change change) {
    RowKey key = change.rowChange().key();
    int shard = Sharding.shard(layer.schema, change.key(), key);
    for (SegmentView segment : base.collection(layer.schema.id()).segments()) {
      if (segment.isOf(shard)) {
        int row = segment.find(key);
        if (row >= 0) {
          Deletions hidden =
              layer.hidden.computeIfAbsent(segment.segment(), below -> new Deletions());
          if (hidden.deletedAt(row) == 0) {
            hidden.add(row, position);
          }
          return;
        }
      }
    }
  }

  /** What there is now, by collection; takes a lease on each memtable. */
  Map<Long, Prefix> prefixes() {
    Map<Long, Prefix> prefixes = new HashMap<>();
    layers.forEach(
        (id, layer) -> {
          Map<Segment, SegmentView.Hidden> hidden = new IdentityHashMap<>();
          layer.hidden.forEach(
              (segment, rows) ->
                  hidden.put(segment, new SegmentView.Hidden(rows, rows.count(), position)));
          layer.memtable.retain();
          prefixes.put(
              id,
              new Prefix(
                  layer.memtable,
                  layer.memtable.rows(),
                  layer.memtable.deletions().count(),
                  hidden));
        });
    return prefixes;
  }

  /** The position that stands for what there is now: after that of the snapshot below. */
  long position() {
    return position;
  }

  /** A collection as a prefix shows it. */
  static SegmentedView view(EngineSnapshot base, long collection, Prefix prefix, long position) {
    SegmentedView below = base.collection(collection);
    List<SegmentView> segments = new ArrayList<>();
    for (SegmentView segment : below.segments()) {
      SegmentView.Hidden hidden = prefix.hidden.get(segment.segment());
      segments.add(hidden == null ? segment : segment.without(hidden));
    }
    if (prefix.rows > 0) {
      segments.add(
          new SegmentView(
              prefix.memtable,
              SegmentView.EVERY_SHARD,
              prefix.rows,
              prefix.deletions,
              position,
              below.schema(),
              base.deriver()));
    }
    return new SegmentedView(below.schema(), segments, base.searchers());
  }

  /** Gives its memtables back; cursors keep those they read. */
  void release() {
    layers.values().forEach(layer -> layer.memtable.release());
    layers.clear();
  }
}
