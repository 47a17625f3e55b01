package io.quiver.engine.segment;

import io.quiver.engine.column.Column;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.write.ColumnDeriver;

/**
 * A segment that a new one takes rows from.
 *
 * @param patches that go into the new one's rows
 */
public record SourceRows(Segment segment, Patches.Seen patches) {
  /** The values of a column with the patches over them. */
  public Column column(CollectionSchema schema, ColumnSpec column, ColumnDeriver deriver) {
    return patches.over(segment.column(schema, column, deriver), column.id());
  }
}
