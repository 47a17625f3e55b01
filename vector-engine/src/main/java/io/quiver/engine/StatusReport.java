package io.quiver.engine;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.segment.Memtable;
import io.quiver.engine.segment.SealedSegment;
import io.quiver.engine.segment.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What there is of every collection: its segments, and what is being made of them. */
record StatusReport(EngineOptions options, ShardWork work) {
  /** As of a pinned state. */
  List<CollectionStatus> of(EngineState state) {
    List<CollectionStatus> all = new ArrayList<>();
    for (CollectionLayout collection : state.layout().collections().values()) {
      List<CollectionStatus.SegmentStatus> segments = new ArrayList<>();
      long live = 0;
      long bytes = 0;
      for (int shard = 0; shard < collection.shards().size(); shard++) {
        for (Segment segment : collection.shards().get(shard).segments()) {
          int ordinal = state.layout().ordinal(segment);
          int rows = state.rows()[ordinal];
          int deleted = state.deletions()[ordinal];
          live += rows - deleted;
          if (rows > 0) {
            boolean sealed = segment instanceof SealedSegment;
            long onDisk = sealed ? segment.bytes() : 0;
            bytes += onDisk;
            segments.add(
                new CollectionStatus.SegmentStatus(
                    shard,
                    segment.id(),
                    describe(segment, collection.schema()),
                    rows,
                    deleted,
                    covered(segment, rows, collection.schema()),
                    onDisk));
          }
        }
      }
      all.add(
          new CollectionStatus(
              collection.schema().id(),
              collection.schema().name(),
              live,
              bytes,
              segments,
              merging(collection.schema().id())));
    }
    return all;
  }

  private List<CollectionStatus.SegmentStatus> merging(long collection) {
    return work.merging().stream()
        .filter(each -> each.collection() == collection)
        .map(
            each ->
                new CollectionStatus.SegmentStatus(
                    each.shard(),
                    each.segment().id(),
                    "merging",
                    each.segment().rows(),
                    0,
                    each.covered(),
                    0))
        .toList();
  }

  /**
   * {@code memtable}; {@code frozen} until it is sealed; {@code sealed} where it has no index and
   * needs none; {@code waiting} for one; {@code indexed}.
   */
  private String describe(Segment segment, CollectionSchema schema) {
    return switch (segment) {
      case Memtable memtable -> memtable.frozenAt() > 0 ? "frozen" : "memtable";
      case SealedSegment sealed ->
          !new MaintenancePlan(options, Set.of()).missing(sealed, schema).isEmpty()
              ? "waiting"
              : sealed.indexFiles().isEmpty() ? "sealed" : "indexed";
    };
  }

  private long covered(Segment segment, int rows, CollectionSchema schema) {
    if (segment instanceof Memtable memtable) {
      return new MemtableGraphs(memtable, schema, rows, options).linked();
    }
    return describe(segment, schema).equals("indexed")
        ? segment.rows()
        : work.rowsIndexed(segment.id());
  }
}
