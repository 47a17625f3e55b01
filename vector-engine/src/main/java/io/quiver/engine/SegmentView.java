package io.quiver.engine;

import io.quiver.engine.column.Column;
import io.quiver.engine.filter.FilterCache;
import io.quiver.engine.filter.FilterEvaluator;
import io.quiver.engine.filter.FilterableRows;
import io.quiver.engine.filter.PayloadIndex;
import io.quiver.engine.index.DenseIndex;
import io.quiver.engine.index.hnsw.GrowingIndex;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.segment.Deletions;
import io.quiver.engine.segment.Memtable;
import io.quiver.engine.segment.Patches;
import io.quiver.engine.segment.SealedSegment;
import io.quiver.engine.segment.Segment;
import io.quiver.engine.segment.SegmentIndex;
import io.quiver.engine.write.ColumnDeriver;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One segment as a snapshot sees it: a prefix of its rows, less a prefix of its deletions, with the
 * patches up to a position; in an open transaction less what it hides and with what it patches.
 */
final class SegmentView implements FilterableRows {
  private final Segment segment;
  private final int shard;
  private final int rows;
  private final int deletions;
  private final long position;
  private final @Nullable Hidden hidden;
  private final Patches.Seen patches;
  private final @Nullable SegmentView below;
  private final CollectionSchema schema;
  private final ColumnDeriver deriver;
  private final @Nullable Column[] patched;
  private volatile @Nullable RowBitmap gone;
  private volatile @Nullable RowBitmap left;

  /** The shard of a segment that has rows of all of them. */
  static final int EVERY_SHARD = -1;

  /**
   * Rows that a transaction has deleted or replaced and not yet committed, none of which is among
   * the segment's own deletions: the first {@code count} of a list.
   *
   * @param position up to which they count
   */
  record Hidden(Deletions deletions, int count, long position) {}

  /**
   * @param shard of its rows, or {@link #EVERY_SHARD}
   * @param position deletions up to which count
   */
  SegmentView(
      Segment segment,
      int shard,
      int rows,
      int deletions,
      Patches.Seen patches,
      long position,
      CollectionSchema schema,
      ColumnDeriver deriver) {
    this(segment, shard, rows, deletions, patches, position, null, null, schema, deriver);
  }

  private SegmentView(
      Segment segment,
      int shard,
      int rows,
      int deletions,
      Patches.Seen patches,
      long position,
      @Nullable Hidden hidden,
      @Nullable SegmentView below,
      CollectionSchema schema,
      ColumnDeriver deriver) {
    this.segment = segment;
    this.shard = shard;
    this.rows = rows;
    this.deletions = deletions;
    this.patches = patches;
    this.position = position;
    this.hidden = hidden;
    this.below = below;
    this.schema = schema;
    this.deriver = deriver;
    this.patched = new @Nullable Column[patches.isEmpty() ? 0 : schema.columns().size()];
  }

  /** The same as a transaction sees it that hides rows, or has patched some, or both. */
  SegmentView changed(@Nullable Hidden rowsHidden, Patches.Seen rowsPatched) {
    return new SegmentView(
        segment, shard, rows, deletions, rowsPatched, position, rowsHidden, this, schema, deriver);
  }

  Segment segment() {
    return segment;
  }

  /** Whether it can have rows of one of these shards. */
  boolean isOf(Set<Integer> shards) {
    return shard == EVERY_SHARD || shards.contains(shard);
  }

  /** Whether it can have rows of a shard. */
  boolean isOf(int oneShard) {
    return shard == EVERY_SHARD || shard == oneShard;
  }

  /** Rows visible, deleted ones among them. */
  @Override
  public int rows() {
    return rows;
  }

  int liveRows() {
    return rows - deletions - (hidden == null ? 0 : hidden.count());
  }

  @Override
  public Column column(int ordinal) {
    if (patches.isEmpty()) {
      return unpatched(ordinal);
    }
    Column known = patched[ordinal];
    if (known == null) {
      known = patches.over(unpatched(ordinal), id(ordinal));
      patched[ordinal] = known;
    }
    return known;
  }

  /** A column without the patches of this view's own. */
  Column unpatched(int ordinal) {
    return below == null
        ? segment.column(schema, schema.columns().get(ordinal), deriver)
        : below.column(ordinal);
  }

  private int id(int ordinal) {
    return schema.columns().get(ordinal).id();
  }

  /** Whether rows have other values in a column than the segment's files say. */
  private boolean isPatched(int ordinal) {
    return patches.has(id(ordinal)) || (below != null && below.isPatched(ordinal));
  }

  /** The deleted rows among those visible; null if there are none. Not to be changed. */
  @Nullable RowBitmap deleted() {
    RowBitmap deleted = segment.deletions().deleted(rows, deletions);
    if (hidden == null) {
      return deleted;
    }
    RowBitmap known = gone;
    if (known == null) {
      RowBitmap also = hidden.deletions().deleted(rows, hidden.count());
      if (deleted == null || also == null) {
        return deleted == null ? also : deleted;
      }
      known = deleted.copy();
      known.union(also);
      gone = known;
    }
    return known;
  }

  /** The row with a key; -1 if there is none. */
  int find(RowKey key) {
    int row = segment.find(key, rows, position);
    return row >= 0 && hidden != null && hidden.deletions().isDeleted(row, hidden.position())
        ? -1
        : row;
  }

  /** The rows that are there; the same set for as long as asked. Not to be changed. */
  RowBitmap live() {
    RowBitmap live = segment.deletions().live(rows, deletions);
    RowBitmap also = hidden == null ? null : hidden.deletions().deleted(rows, hidden.count());
    if (also == null) {
      return live;
    }
    RowBitmap known = left;
    if (known == null) {
      known = live.copy();
      known.subtract(also);
      var _ = known.cardinality();
      left = known;
    }
    return known;
  }

  /** The index of a kind over a column, if the segment has it; of a whole segment always. */
  <T extends IndexSpec> @Nullable SegmentIndex index(int ordinal, Class<T> kind) {
    IndexSpec spec = spec(ordinal, kind);
    return spec != null && segment instanceof SealedSegment sealed ? sealed.index(spec) : null;
  }

  /**
   * What searches the rows visible of a segment by a graph: its index, or the graph its memtable
   * has so far; null if there is none.
   *
   * @param spec of the column's index
   */
  @Nullable DenseIndex graph(int ordinal, IndexSpec.Hnsw spec) {
    return switch (segment) {
      case SealedSegment sealed ->
          sealed.index(spec) instanceof SegmentIndex.Graph graph ? graph.tenants() : null;
      case Memtable memtable -> {
        GrowingIndex graph = memtable.graph(schema.columns().get(ordinal).id(), spec);
        yield graph == null || graph.linked() == 0 ? null : graph.over(rows);
      }
    };
  }

  /** The specification of a column's index of a kind. */
  <T extends IndexSpec> @Nullable T spec(int ordinal, Class<T> kind) {
    String column = schema.columns().get(ordinal).name();
    for (IndexSpec spec : schema.indexes()) {
      if (kind.isInstance(spec) && spec.column().equals(column)) {
        return kind.cast(spec);
      }
    }
    return null;
  }

  /** The payload index of a column none of whose rows was patched. */
  @Override
  public @Nullable PayloadIndex index(int ordinal) {
    return isPatched(ordinal) ? null : unpatchedIndex(ordinal);
  }

  /** The payload index of a column as it was written. */
  @Nullable PayloadIndex unpatchedIndex(int ordinal) {
    return index(ordinal, IndexSpec.Payload.class) instanceof SegmentIndex.Payload payload
        ? payload.index()
        : null;
  }

  /** What a filter admits, deleted rows among it; null for every row. Not to be changed. */
  record Admitted(@Nullable RowBitmap rows, long checks) {}

  /** The rows a filter admits, whether they are deleted or not. */
  Admitted admitted(RowFilter filter, StopSignal stop) {
    if (filter instanceof RowFilter.All) {
      return new Admitted(null, 0);
    }
    return new PatchedFilter(this, patches, filter, stop).admitted();
  }

  /** The view without what a transaction has changed; null of one of a snapshot. */
  @Nullable SegmentView below() {
    return below;
  }

  /** Bitmaps of filters over the segment as it was written; null of one that still grows. */
  @Nullable FilterCache filters() {
    return segment instanceof SealedSegment sealed ? sealed.filters(schema) : null;
  }

  /** The rows given another value after a position in one of a filter's columns. */
  RowBitmap patchedRows(RowFilter filter, long after) {
    RowBitmap changed = new RowBitmap(rows);
    filter.forEachColumn(ordinal -> patches.addRows(id(ordinal), after, changed));
    return changed;
  }

  /** The rows a filter admits that are there. Not to be changed. */
  RowBitmap qualifying(Admitted admitted) {
    RowBitmap rowsAdmitted = admitted.rows;
    if (rowsAdmitted == null) {
      return live();
    }
    RowBitmap deleted = deleted();
    if (deleted == null) {
      return rowsAdmitted;
    }
    RowBitmap rowsLeft = rowsAdmitted.copy();
    rowsLeft.subtract(deleted);
    return rowsLeft;
  }

  RowBitmap qualifying(RowFilter filter, StopSignal stop) {
    return qualifying(admitted(filter, stop));
  }

  /** How many rows a filter is expected to admit, deleted ones left out by their share. */
  double expected(RowFilter filter) {
    if (filter instanceof RowFilter.All) {
      return liveRows();
    }
    long admitted = new FilterEvaluator(this, StopSignal.NEVER).estimate(filter).rows();
    return rows == 0 ? 0 : (double) admitted * liveRows() / rows;
  }
}
