package io.quiver.engine;

import io.quiver.engine.key.RowKey;
import io.quiver.engine.key.Sharding;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.segment.Deletions;
import io.quiver.engine.segment.Memtable;
import io.quiver.engine.segment.Patches;
import io.quiver.engine.segment.Segment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Uncommitted changes laid over a snapshot: for each collection written to a memtable of its own,
 * and of each segment below the rows that it hides or patches.
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
      CollectionSchema schema,
      Memtable memtable,
      IdentityHashMap<Segment, Deletions> hidden,
      IdentityHashMap<Segment, Patches> patched) {
    Layer(CollectionSchema schema) {
      this(
          schema,
          new Memtable(MEMTABLE_ID, schema),
          new IdentityHashMap<>(),
          new IdentityHashMap<>());
    }
  }

  /** What a statement sees of the changes to one collection. */
  record Prefix(
      Memtable memtable,
      int rows,
      int deletions,
      Patches.Seen patches,
      Map<Segment, SegmentView.Hidden> hidden,
      Map<Segment, Patches.Seen> patched) {
    boolean changes(Segment segment) {
      return hidden.containsKey(segment) || patched.containsKey(segment);
    }
  }

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
    Layer layer = layers.computeIfAbsent(schema.id(), id -> new Layer(schema));
    RowKey key = change.rowChange().key();
    Memtable own = layer.memtable;
    int before = own.find(key, own.rows(), position);
    int[] patched = change.rowChange().columns();
    if (patched != null) {
      patch(layer, change, patched, before);
      return;
    }
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

  /** A row of a segment below. */
  private record Below(Segment segment, int row) {}

  private @Nullable Below below(Layer layer, CommitDraft.Change change) {
    RowKey key = change.rowChange().key();
    int shard = Sharding.shard(layer.schema, change.key(), key);
    for (SegmentView segment : base.collection(layer.schema.id()).segments()) {
      if (segment.isOf(shard)) {
        int row = segment.find(key);
        if (row >= 0) {
          return new Below(segment.segment(), row);
        }
      }
    }
    return null;
  }

  private void hide(Layer layer, CommitDraft.Change change) {
    Below below = below(layer, change);
    if (below != null) {
      Deletions hidden = layer.hidden.computeIfAbsent(below.segment, each -> new Deletions());
      if (hidden.deletedAt(below.row) == 0) {
        hidden.add(below.row, position);
      }
    }
  }

  private void patch(Layer layer, CommitDraft.Change change, int[] columns, int own) {
    @Nullable Object[] values = Objects.requireNonNull(change.rowChange().values());
    if (own >= 0) {
      layer.memtable.patches().add(own, position, layer.schema, columns, values);
      return;
    }
    Below below = below(layer, change);
    if (below == null) {
      throw new IllegalArgumentException("Invalid update: of a row that is not there");
    }
    layer
        .patched
        .computeIfAbsent(below.segment, each -> new Patches())
        .add(below.row, position, layer.schema, columns, values);
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
          Map<Segment, Patches.Seen> patched = new IdentityHashMap<>();
          layer.patched.forEach(
              (segment, patches) -> patched.put(segment, patches.seenFrom(position)));
          layer.memtable.retain();
          prefixes.put(
              id,
              new Prefix(
                  layer.memtable,
                  layer.memtable.rows(),
                  layer.memtable.deletions().count(),
                  layer.memtable.patches().seenFrom(position),
                  hidden,
                  patched));
        });
    return prefixes;
  }

  /** The position that stands for what there is now: after that of the snapshot below. */
  long position() {
    return position;
  }

  /** A collection as a prefix shows it. */
  static SegmentedView view(EngineSnapshot base, long collection, Prefix prefix, long position) {
    SegmentedView committed = base.collection(collection);
    List<SegmentView> segments = new ArrayList<>();
    for (SegmentView segment : committed.segments()) {
      Segment below = segment.segment();
      segments.add(
          prefix.changes(below)
              ? segment.changed(
                  prefix.hidden.get(below), prefix.patched.getOrDefault(below, Patches.Seen.NONE))
              : segment);
    }
    if (prefix.rows > 0) {
      segments.add(
          new SegmentView(
              prefix.memtable,
              SegmentView.EVERY_SHARD,
              prefix.rows,
              prefix.deletions,
              prefix.patches,
              position,
              committed.schema(),
              base.deriver()));
    }
    return new SegmentedView(committed.schema(), segments, base.searchers());
  }

  /** Gives its memtables back; cursors keep those they read. */
  void release() {
    layers.values().forEach(layer -> layer.memtable.release());
    layers.clear();
  }
}
