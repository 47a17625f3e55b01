package io.quiver.engine;

import io.quiver.engine.column.Column;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.segment.Segment;
import io.quiver.engine.write.ColumnDeriver;
import org.jspecify.annotations.Nullable;

/** One segment as a snapshot sees it: a prefix of its rows, less a prefix of its deletions. */
final class SegmentView {
  private final Segment segment;
  private final int shard;
  private final int rows;
  private final int deletions;
  private final CollectionSchema schema;
  private final ColumnDeriver deriver;

  SegmentView(
      Segment segment,
      int shard,
      int rows,
      int deletions,
      CollectionSchema schema,
      ColumnDeriver deriver) {
    this.segment = segment;
    this.shard = shard;
    this.rows = rows;
    this.deletions = deletions;
    this.schema = schema;
    this.deriver = deriver;
  }

  Segment segment() {
    return segment;
  }

  int shard() {
    return shard;
  }

  /** Rows visible, deleted ones among them. */
  int rows() {
    return rows;
  }

  int liveRows() {
    return rows - deletions;
  }

  Column column(int ordinal) {
    return segment.column(schema, schema.columns().get(ordinal), deriver);
  }

  /** The deleted rows among those visible; null if there are none. */
  @Nullable RowBitmap deleted() {
    return segment.deletions().deleted(rows, deletions);
  }

  /** The row with a key; -1 if there is none. */
  int find(RowKey key, long position) {
    return segment.find(key, rows, position);
  }

  /** Whether every row is visible and none is deleted, so that nothing needs testing. */
  boolean isWhole() {
    return deletions == 0;
  }

  /** The rows a filter admits that are there. */
  RowBitmap qualifying(RowFilter filter, StopSignal stop) {
    RowBitmap admitted = SegmentFilter.evaluate(filter, this::column, rows, stop);
    RowBitmap deleted = deleted();
    if (deleted != null) {
      admitted.subtract(deleted);
    }
    return admitted;
  }
}
