package io.quiver.engine;

import io.quiver.engine.compact.MergedRows;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.segment.SealedSegment;
import io.quiver.engine.segment.Segment;
import io.quiver.engine.segment.SegmentFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Does background work: writes new files from a pinned state, then has the writing thread put them
 * in place of the old, together with the deletions that came meanwhile.
 */
final class ShardWork {
  private final SegmentFiles files;
  private final EngineOptions options;
  private final AtomicLong segmentIds;
  private final CommitLoop commits;
  private final StopSignal stop;
  private final Map<Long, Integer> indexing = new ConcurrentHashMap<>();

  ShardWork(
      SegmentFiles files,
      EngineOptions options,
      AtomicLong segmentIds,
      CommitLoop commits,
      StopSignal stop) {
    this.files = files;
    this.options = options;
    this.segmentIds = segmentIds;
    this.commits = commits;
    this.stop = stop;
  }

  /** The state of this moment, with a lease on its layout for the caller to give back. */
  EngineState pin() {
    return commits.run(
        state -> {
          if (!state.layout().retain()) {
            throw new IllegalStateException("The writer's layout was released");
          }
          return state.state();
        });
  }

  /** Lets a collection's memtables take no more rows, so that they are sealed. */
  void freeze(long collection) {
    commits.run(state -> state.freeze((schema, memtable) -> schema.id() == collection));
  }

  void run(ShardTask task) throws IOException {
    switch (task) {
      case ShardTask.Seal seal ->
          rewrite(
              seal.collection(),
              seal.shard(),
              List.of(seal.memtable()),
              (shard, fresh, forgotten) -> shard.withSealed(seal.memtable(), fresh, forgotten));
      case ShardTask.Merge merge ->
          rewrite(
              merge.collection(),
              merge.shard(),
              merge.sources(),
              (shard, fresh, forgotten) -> shard.withMerged(merge.sources(), fresh, forgotten));
      case ShardTask.Build build -> build(build);
      case ShardTask.WriteManifest manifest -> {}
    }
  }

  private void build(ShardTask.Build task) throws IOException {
    SealedSegment segment = task.segment();
    EngineState pinned = pin();
    try {
      CollectionLayout collection = pinned.layout().collections().get(task.collection());
      if (collection == null || !pinned.layout().contains(segment)) {
        return;
      }
      files.buildIndex(
          segment,
          collection.schema(),
          task.spec(),
          "index-" + segmentIds.getAndIncrement(),
          options.seed(),
          options.threads(),
          rows -> indexing.put(segment.id(), rows),
          stop);
    } finally {
      indexing.remove(segment.id());
      pinned.layout().release();
    }
  }

  /** Rows the running build over a segment has covered; 0 if there is none. */
  int rowsIndexed(long segment) {
    return indexing.getOrDefault(segment, 0);
  }

  @FunctionalInterface
  private interface Replacement {
    ShardLayout apply(ShardLayout shard, List<SealedSegment> fresh, long forgotten);
  }

  private void rewrite(
      long collection, int index, List<? extends Segment> sources, Replacement replacement)
      throws IOException {
    EngineState pinned = pin();
    try {
      if (!pinned.layout().segments().containsAll(sources)) {
        return;
      }
      CollectionSchema schema = pinned.layout().collection(collection).schema();
      int[] deletions =
          sources.stream()
              .mapToInt(source -> pinned.deletions()[pinned.layout().ordinal(source)])
              .toArray();
      MergedRows rows = new MergedRows(sources, deletions);
      SealedSegment written = null;
      if (rows.selection().size() > 0) {
        written =
            files.write(
                segmentIds.getAndIncrement(),
                sources,
                rows.selection(),
                schema,
                options.deriver(),
                stop);
      }
      install(collection, index, sources, rows, written, replacement);
    } finally {
      pinned.layout().release();
    }
  }

  private void install(
      long collection,
      int index,
      List<? extends Segment> sources,
      MergedRows rows,
      @Nullable SealedSegment written,
      Replacement replacement)
      throws IOException {
    List<SealedSegment> fresh = written == null ? List.of() : List.of(written);
    boolean installed = false;
    try {
      installed =
          commits.run(
              state -> {
                if (!state.layout().segments().containsAll(sources)) {
                  return false;
                }
                fresh.forEach(rows::carryDeletions);
                ShardLayout shard = state.layout().collection(collection).shards().get(index);
                state.replaceShard(
                    collection, index, replacement.apply(shard, fresh, rows.forgotten()), fresh);
                return true;
              });
    } finally {
      if (!installed && written != null) {
        // Dropped or truncated meanwhile, or the engine takes no more writes.
        written.release();
        files.remove(written.id());
      }
    }
  }
}
