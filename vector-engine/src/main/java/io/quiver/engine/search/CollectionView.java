package io.quiver.engine.search;

import io.quiver.engine.schema.CollectionSchema;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One collection at the moment its snapshot was taken.
 *
 * <p>A row is named by a {@code long} that means something only to the view it came from, and only
 * until the snapshot is closed. Safe for use by many threads.
 */
public interface CollectionView {
  CollectionSchema schema();

  /** Rows that exist at this moment. */
  long rowCount();

  /** Rows a filter admits. */
  long count(RowFilter filter, StopSignal stop);

  /** The best rows for a request. */
  SearchHits search(SearchRequest request, StopSignal stop);

  /** All rows a filter admits, in no promised order. */
  RowScan scan(RowFilter filter, StopSignal stop);

  /** The same, to be read column by column. */
  ColumnScan columns(RowFilter filter, StopSignal stop);

  /** The row with this key, values in the order of the schema's key; -1 if there is none. */
  long find(Object[] key);

  /** A row's value in a column, null where absent. */
  @Nullable Object value(long row, int column);

  /**
   * How a request would be run now, without running it: the segments' modes and the filter's
   * selectivity, for EXPLAIN.
   */
  SearchForecast forecast(SearchRequest request);

  /** The shards a filter can have rows in: one where it fixes the shard key. */
  Set<Integer> shardsFor(RowFilter filter);
}
