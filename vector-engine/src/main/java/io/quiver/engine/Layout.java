package io.quiver.engine;

import io.quiver.engine.segment.Segment;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which segments there are, of every collection. Immutable; it stays the same from one commit to
 * the next and is replaced when a memtable is frozen, a segment comes or goes, or a schema changes.
 *
 * <p>Holds a lease on each segment until its own last lease is given back.
 */
final class Layout {
  private final Map<Long, CollectionLayout> collections;
  private final List<Segment> segments = new ArrayList<>();
  private final IdentityHashMap<Segment, Integer> ordinals = new IdentityHashMap<>();
  private final AtomicInteger leases = new AtomicInteger(1);

  Layout(Map<Long, CollectionLayout> collections) {
    this.collections = Map.copyOf(collections);
    for (CollectionLayout collection : this.collections.values()) {
      for (ShardLayout shard : collection.shards()) {
        for (Segment segment : shard.segments()) {
          segment.retain();
          ordinals.put(segment, segments.size());
          segments.add(segment);
        }
      }
    }
  }

  Map<Long, CollectionLayout> collections() {
    return collections;
  }

  /** The collection with this id, which there is. */
  CollectionLayout collection(long id) {
    CollectionLayout collection = collections.get(id);
    if (collection == null) {
      throw new IllegalArgumentException("There is no collection " + id);
    }
    return collection;
  }

  /** All segments; a segment's place here is its ordinal. */
  List<Segment> segments() {
    return segments;
  }

  int ordinal(Segment segment) {
    Integer ordinal = ordinals.get(segment);
    if (ordinal == null) {
      throw new IllegalArgumentException("Segment " + segment.id() + " is not in this layout");
    }
    return ordinal;
  }

  boolean contains(Segment segment) {
    return ordinals.containsKey(segment);
  }

  /** Whether memtables wait to be sealed. */
  boolean hasFrozen() {
    return collections.values().stream()
        .flatMap(collection -> collection.shards().stream())
        .anyMatch(shard -> !shard.frozen().isEmpty());
  }

  /** Takes a lease unless the last one was given back already. */
  boolean retain() {
    int held = leases.get();
    while (held > 0) {
      if (leases.compareAndSet(held, held + 1)) {
        return true;
      }
      held = leases.get();
    }
    return false;
  }

  void release() {
    if (leases.decrementAndGet() == 0) {
      segments.forEach(Segment::release);
    }
  }
}
