package io.quiver.engine;

import io.quiver.engine.column.RowSelection;
import io.quiver.engine.compact.MergePolicy;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.segment.SealedSegment;
import io.quiver.engine.segment.SegmentFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What background work a state asks for. */
final class MaintenancePlan {
  private final int indexRows;
  private final int neighbourRows;
  private final Set<Long> optimizing;

  /**
   * @param options say from how many rows segments get indexes and are put in order
   * @param optimizing collections to be brought to the fewest segments
   */
  MaintenancePlan(EngineOptions options, Set<Long> optimizing) {
    this.indexRows = options.indexRows();
    this.neighbourRows = options.neighbourRows();
    this.optimizing = optimizing;
  }

  List<ShardTask> tasks(EngineState state) {
    List<ShardTask> tasks = new ArrayList<>();
    state
        .layout()
        .collections()
        .forEach(
            (id, collection) -> {
              for (int shard = 0; shard < collection.shards().size(); shard++) {
                add(tasks, state, collection, shard);
              }
            });
    return tasks;
  }

  private void add(
      List<ShardTask> tasks, EngineState state, CollectionLayout collection, int shard) {
    long id = collection.schema().id();
    ShardLayout layout = collection.shards().get(shard);
    if (!layout.frozen().isEmpty()) {
      tasks.add(new ShardTask.Seal(id, shard, layout.frozen().getFirst()));
    }
    List<MergePolicy.Candidate<SealedSegment>> candidates = new ArrayList<>();
    for (SealedSegment segment : layout.sealed()) {
      candidates.add(
          new MergePolicy.Candidate<>(
              segment,
              segment.rows(),
              state.deletions()[state.layout().ordinal(segment)],
              state.patches()[state.layout().ordinal(segment)].rows(),
              !segment.storesDerived(collection.schema())
                  || isUngrouped(segment, collection.schema())
                  || isScattered(segment, collection.schema())));
    }
    boolean all = optimizing.contains(id) && layout.frozen().isEmpty();
    List<SealedSegment> merge =
        all ? MergePolicy.chooseAll(candidates) : MergePolicy.choose(candidates);
    if (!merge.isEmpty()) {
      tasks.add(new ShardTask.Merge(id, shard, merge));
      return;
    }
    for (SealedSegment segment : layout.sealed()) {
      List<IndexSpec> missing = missing(segment, collection.schema());
      if (!missing.isEmpty()) {
        tasks.add(new ShardTask.Build(id, shard, segment, missing.getFirst()));
        return;
      }
    }
  }

  /** Whether a segment is to have graphs of tenants, whose rows it does not keep together. */
  private boolean isUngrouped(SealedSegment segment, CollectionSchema schema) {
    return segment.rows() >= indexRows
        && schema.tenant().filter(column -> !segment.isGroupedBy(column.id())).isPresent();
  }

  /** Whether a large segment has a graph by which its rows were not put in order yet. */
  private boolean isScattered(SealedSegment segment, CollectionSchema schema) {
    return segment.rows() >= neighbourRows
        && schema.tenant().isEmpty()
        && !segment.isGroupedBy(RowSelection.NEAR_VECTORS)
        && schema.indexes().stream()
            .anyMatch(spec -> spec instanceof IndexSpec.Hnsw && segment.hasIndex(spec));
  }

  /** The indexes a segment should have and has not. */
  List<IndexSpec> missing(SealedSegment segment, CollectionSchema schema) {
    return segment.rows() < indexRows
        ? List.of()
        : schema.indexes().stream()
            .filter(spec -> !segment.hasIndex(spec))
            .filter(spec -> SegmentFiles.canIndex(segment, schema, spec))
            .toList();
  }
}
