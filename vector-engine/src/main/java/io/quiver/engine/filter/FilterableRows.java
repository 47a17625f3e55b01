package io.quiver.engine.filter;

import io.quiver.engine.column.Column;
import org.jspecify.annotations.Nullable;

/** The rows of one segment, or those of a memtable visible at some moment. */
public interface FilterableRows {
  /** How many; a column may have more, which are not looked at. */
  int rows();

  /** The column with this ordinal in the schema that filters refer to. */
  Column column(int ordinal);

  /** The payload index of a column, if there is one; it must cover exactly {@link #rows()}. */
  @Nullable PayloadIndex index(int ordinal);
}
