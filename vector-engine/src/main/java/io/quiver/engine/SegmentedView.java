package io.quiver.engine;

import io.quiver.engine.key.RowKey;
import io.quiver.engine.key.Sharding;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.ColumnScan;
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
    return new SegmentScan(admitted(filter, stop), stop);
  }

  @Override
  public ColumnScan columns(RowFilter filter, StopSignal stop) {
    return new SegmentColumns(admitted(filter, stop), schema.columns().size(), stop);
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

  private AdmittedRows admitted(RowFilter filter, StopSignal stop) {
    return new AdmittedRows(segments, shardsFor(filter), filter, stop);
  }

  /** The names of rows, segment by segment. */
  private static final class SegmentScan implements RowScan {
    private final AdmittedRows admitted;
    private final StopSignal stop;
    private int[] numbers = new int[0];
    private boolean inSegment;

    SegmentScan(AdmittedRows admitted, StopSignal stop) {
      this.admitted = admitted;
      this.stop = stop;
    }

    @Override
    public int next(long[] rows) {
      stop.check();
      if (numbers.length != rows.length) {
        numbers = new int[rows.length];
      }
      int filled = 0;
      while (filled < rows.length) {
        int more = inSegment ? admitted.fill(numbers, filled) : 0;
        for (int i = filled; i < filled + more; i++) {
          rows[i] = name(admitted.place(), numbers[i]);
        }
        filled += more;
        if (more == 0) {
          inSegment = admitted.nextSegment();
          if (!inSegment) {
            break;
          }
        }
      }
      return filled;
    }
  }
}
