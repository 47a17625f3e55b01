package io.quiver.engine;

import io.quiver.engine.compact.MergedRows;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.segment.Memtable;
import io.quiver.engine.segment.NearVectors;
import io.quiver.engine.segment.SealedSegment;
import io.quiver.engine.segment.Segment;
import io.quiver.engine.segment.SegmentFiles;
import io.quiver.engine.segment.SourceRows;
import io.quiver.engine.segment.Tenants;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
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
  private final Map<Long, Merging> merging = new ConcurrentHashMap<>();

  /**
   * A segment that is to take the place of others and gets its indexes first.
   *
   * @param covered rows that are in the graph being built
   */
  record Merging(long collection, int shard, SealedSegment segment, int covered) {}

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
      build(
          segment,
          collection.schema(),
          task.spec(),
          List.of(),
          rows -> indexing.put(segment.id(), rows));
    } finally {
      indexing.remove(segment.id());
      pinned.layout().release();
    }
  }

  /** Builds one index of a segment. */
  private void build(
      SealedSegment segment,
      CollectionSchema schema,
      IndexSpec spec,
      List<SegmentFiles.FormerSegment> formers,
      IntConsumer rowsIndexed)
      throws IOException {
    files.buildIndex(
        segment,
        schema,
        spec,
        "index-" + segmentIds.getAndIncrement(),
        formers,
        options.seed(),
        options.threads(),
        rowsIndexed,
        stop);
  }

  /**
   * Builds the indexes of a segment that is not yet in the layout, from the graphs of those it is
   * made of: these answer searches until it takes their place, so none has to do without.
   */
  private void buildAll(
      SealedSegment segment,
      CollectionSchema schema,
      int shard,
      List<? extends Segment> sources,
      MergedRows rows)
      throws IOException {
    List<SegmentFiles.FormerSegment> formers = formers(sources, rows);
    MaintenancePlan plan = new MaintenancePlan(options, Set.of());
    boolean sealing = sources.stream().anyMatch(Memtable.class::isInstance);
    // What is sealed is told of by its memtable, which stays until all is built.
    IntConsumer heard =
        covered -> {
          if (!sealing) {
            merging.put(segment.id(), new Merging(schema.id(), shard, segment, covered));
          }
        };
    try {
      for (IndexSpec spec : plan.missing(segment, schema)) {
        heard.accept(0);
        // A memtable has no such graph: its rows lose nothing by waiting, and writers gain.
        if (!sealing || !(spec instanceof IndexSpec.Muvera)) {
          build(segment, schema, spec, formers, heard);
        }
      }
    } finally {
      merging.remove(segment.id());
    }
  }

  private static List<SegmentFiles.FormerSegment> formers(
      List<? extends Segment> sources, MergedRows rows) {
    List<SegmentFiles.FormerSegment> formers = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      formers.add(new SegmentFiles.FormerSegment(sources.get(i), rows.newRows(i)));
    }
    return formers;
  }

  /** Puts near vectors of a large segment side by side. */
  private MergedRows ordered(
      CollectionSchema schema, List<? extends Segment> sources, MergedRows rows) {
    return rows.selection().size() < options.neighbourRows()
        ? rows
        : NearVectors.of(schema, formers(sources, rows), rows.selection().size())
            .map(near -> rows.inOrder(near.order(), near.by()))
            .orElse(rows);
  }

  /** Segments that are to take the place of others and are getting their indexes. */
  Collection<Merging> merging() {
    return merging.values();
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
      for (Segment source : sources) {
        if (source instanceof Memtable memtable) {
          // In its own graph first, where searches find them at once.
          int committed = pinned.rows()[pinned.layout().ordinal(memtable)];
          new MemtableGraphs(memtable, schema, committed, options).insertAll(stop);
        }
      }
      List<SourceRows> patched =
          sources.stream()
              .map(
                  source ->
                      new SourceRows(source, pinned.patches()[pinned.layout().ordinal(source)]))
              .toList();
      MergedRows rows =
          ordered(
              schema,
              sources,
              new MergedRows(
                  sources,
                  deletions,
                  Tenants.grouping(schema, patched, options.deriver()).orElse(null)));
      SealedSegment written = null;
      if (rows.selection().size() > 0) {
        written =
            files.write(
                segmentIds.getAndIncrement(),
                patched,
                rows.selection(),
                schema,
                options.deriver(),
                stop);
        buildOrRemove(written, schema, index, sources, rows);
      }
      install(collection, index, pinned.position(), sources, rows, written, replacement);
    } finally {
      pinned.layout().release();
    }
  }

  private void buildOrRemove(
      SealedSegment written,
      CollectionSchema schema,
      int shard,
      List<? extends Segment> sources,
      MergedRows rows)
      throws IOException {
    try {
      buildAll(written, schema, shard, sources, rows);
    } catch (IOException | RuntimeException | Error e) {
      written.release();
      try {
        files.remove(written.id());
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  private void install(
      long collection,
      int index,
      long pinnedAt,
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
                fresh.forEach(each -> rows.carry(each, pinnedAt, state.position()));
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
