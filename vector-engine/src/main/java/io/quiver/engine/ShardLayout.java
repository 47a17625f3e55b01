package io.quiver.engine;

import io.quiver.engine.segment.Memtable;
import io.quiver.engine.segment.SealedSegment;
import io.quiver.engine.segment.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments of one shard.
 *
 * @param flushed log position up to which every row is in {@code sealed}
 * @param forgotten largest position of a deletion whose row is in no segment any more
 * @param sealed in the order of their rows' commits, as far as merging keeps it
 * @param frozen memtables that take no more rows and wait to be sealed, oldest first
 * @param active the memtable that takes rows
 */
record ShardLayout(
    long flushed,
    long forgotten,
    List<SealedSegment> sealed,
    List<Memtable> frozen,
    Memtable active) {
  ShardLayout {
    sealed = List.copyOf(sealed);
    frozen = List.copyOf(frozen);
  }

  /** All of them, oldest rows first. */
  List<Segment> segments() {
    List<Segment> segments = new ArrayList<>(sealed);
    segments.addAll(frozen);
    segments.add(active);
    return segments;
  }

  /** Those not sealed, oldest rows first. */
  List<Memtable> memtables() {
    List<Memtable> memtables = new ArrayList<>(frozen);
    memtables.add(active);
    return memtables;
  }

  /** With the active memtable, which has all rows up to a position, frozen. */
  ShardLayout withFrozen(long position, Memtable next) {
    active.freeze(position);
    List<Memtable> waiting = new ArrayList<>(frozen);
    waiting.add(active);
    return new ShardLayout(flushed, forgotten, sealed, waiting, next);
  }

  /** Without the oldest frozen memtable, whose rows alive are now in {@code segments}. */
  ShardLayout withSealed(Memtable oldest, List<SealedSegment> segments, long forgottenNow) {
    List<SealedSegment> all = new ArrayList<>(sealed);
    all.addAll(segments);
    return new ShardLayout(
        oldest.frozenAt(),
        Math.max(forgotten, forgottenNow),
        all,
        frozen.subList(1, frozen.size()),
        active);
  }

  /** With {@code merged} in place of the segments whose rows alive it has. */
  ShardLayout withMerged(
      List<SealedSegment> sources, List<SealedSegment> merged, long forgottenNow) {
    List<SealedSegment> all = new ArrayList<>(sealed);
    int at = all.indexOf(sources.getFirst());
    all.removeAll(sources);
    all.addAll(Math.min(at, all.size()), merged);
    return new ShardLayout(flushed, Math.max(forgotten, forgottenNow), all, frozen, active);
  }
}
