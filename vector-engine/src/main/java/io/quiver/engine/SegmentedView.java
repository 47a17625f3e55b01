package io.quiver.engine;

import io.quiver.engine.key.RowKey;
import io.quiver.engine.key.Sharding;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.RowBitmap;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowScan;
import io.quiver.engine.search.SearchForecast;
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.StopSignal;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A collection as the segments a snapshot sees.
 *
 * <p>A row's name is its segment's place in the list and its number there: {@code place << 32 |
 * row}.
 */
final class SegmentedView implements CollectionView {
  private final CollectionSchema schema;
  private final List<SegmentView> segments;
  private final ExecutorService searchers;

  SegmentedView(CollectionSchema schema, List<SegmentView> segments, ExecutorService searchers) {
    this.schema = schema;
    this.segments = List.copyOf(segments);
    this.searchers = searchers;
  }

  static long name(int place, int row) {
    return (long) place << 32 | row;
  }

  static int place(long name) {
    return (int) (name >>> 32);
  }

  static int row(long name) {
    return (int) name;
  }

  List<SegmentView> segments() {
    return segments;
  }

  @Override
  public CollectionSchema schema() {
    return schema;
  }

  @Override
  public long rowCount() {
    return segments.stream().mapToLong(SegmentView::liveRows).sum();
  }

  @Override
  public long count(RowFilter filter, StopSignal stop) {
    if (filter instanceof RowFilter.All) {
      return rowCount();
    }
    Set<Integer> shards = shardsFor(filter);
    long sum = 0;
    for (SegmentView segment : segments) {
      if (segment.isOf(shards)) {
        sum += segment.qualifying(filter, stop).cardinality();
      }
    }
    return sum;
  }

  @Override
  public SearchHits search(SearchRequest request, StopSignal stop) {
    return new FanOut(schema, segments, shardsFor(request.filter()), searchers)
        .search(request, stop);
  }

  @Override
  public RowScan scan(RowFilter filter, StopSignal stop) {
    return new SegmentScan(filter, shardsFor(filter), stop);
  }

  @Override
  public long find(Object[] key) {
    RowKey rowKey = RowKey.of(key);
    int shard = Sharding.shard(schema, key, rowKey);
    for (int place = segments.size() - 1; place >= 0; place--) {
      if (segments.get(place).isOf(shard)) {
        int row = segments.get(place).find(rowKey);
        if (row >= 0) {
          return name(place, row);
        }
      }
    }
    return -1;
  }

  @Override
  public @Nullable Object value(long row, int column) {
    return segments.get(place(row)).column(column).value(row(row));
  }

  @Override
  public SearchForecast forecast(SearchRequest request) {
    return new FanOut(schema, segments, shardsFor(request.filter()), searchers).forecast(request);
  }

  @Override
  public Set<Integer> shardsFor(RowFilter filter) {
    return ShardPruning.shards(schema, filter);
  }

  /** Walks the segments one after the other, filtering each when it is reached. */
  private final class SegmentScan implements RowScan {
    private final RowFilter filter;
    private final Set<Integer> shards;
    private final StopSignal stop;
    private int place = -1;
    private @Nullable RowBitmap admitted;
    private int next;

    SegmentScan(RowFilter filter, Set<Integer> shards, StopSignal stop) {
      this.filter = filter;
      this.shards = shards;
      this.stop = stop;
    }

    @Override
    public int next(long[] rows) {
      stop.check();
      int filled = 0;
      while (filled < rows.length) {
        RowBitmap current = admitted;
        int row = current == null || next >= current.rows() ? -1 : current.next(next);
        if (row >= 0) {
          rows[filled++] = name(place, row);
          next = row + 1;
        } else if (!advance()) {
          break;
        }
      }
      return filled;
    }

    private boolean advance() {
      do {
        place++;
      } while (place < segments.size() && !segments.get(place).isOf(shards));
      if (place >= segments.size()) {
        admitted = null;
        return false;
      }
      admitted = segments.get(place).qualifying(filter, stop);
      next = 0;
      return true;
    }
  }
}
