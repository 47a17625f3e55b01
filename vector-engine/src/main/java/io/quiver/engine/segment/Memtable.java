package io.quiver.engine.segment;

import io.quiver.engine.column.Column;
import io.quiver.engine.column.DenseColumn;
import io.quiver.engine.column.GrowingColumn;
import io.quiver.engine.index.hnsw.FormerGraph;
import io.quiver.engine.index.hnsw.GrowingIndex;
import io.quiver.engine.key.RowKey;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are in the log but not yet in a file.
 *
 * <p>Rows are appended in log order, so what a snapshot sees of it is a prefix. One thread appends.
 */
public final class Memtable extends Segment {
  private final List<GrowingColumn> columns;
  private final Map<Integer, GrowingColumn> byId = new HashMap<>();
  private final Column[] keyColumns;
  private final LongList stamps;
  private final LongList hashes;
  private final LongList olders;
  private final GrowingKeyTable table;
  private final Map<GraphKey, GrowingIndex> graphs = new ConcurrentHashMap<>();
  private volatile long frozenAt;

  /** What a graph is built for, whatever its index and its column are called. */
  private record GraphKey(
      int column, DistanceMetric metric, int m, int efConstruction, boolean coded) {
    static GraphKey of(int column, IndexSpec.Hnsw spec) {
      return new GraphKey(
          column,
          spec.metric(),
          spec.m(),
          spec.efConstruction(),
          spec.quantization() != Quantization.NONE);
    }
  }

  /** An empty memtable for rows of a schema. */
  @SuppressWarnings("MustBeClosedChecker") // closed with the last lease
  public Memtable(long id, CollectionSchema schema) {
    super(id, Arena.ofShared());
    this.columns =
        schema.columns().stream().map(spec -> GrowingColumn.of(spec.type(), arena())).toList();
    for (int i = 0; i < columns.size(); i++) {
      byId.put(schema.columns().get(i).id(), columns.get(i));
    }
    this.keyColumns = schema.key().stream().map(columns::get).toArray(Column[]::new);
    this.stamps = new LongList(arena());
    this.hashes = new LongList(arena());
    this.olders = new LongList(arena());
    this.table = new GrowingKeyTable(arena(), hashes);
  }

  /** Appends a row, one value a column. */
  public void append(RowKey key, long stamp, @Nullable Object[] values) {
    int row = stamps.size();
    int before = newest(key);
    for (int i = 0; i < values.length; i++) {
      columns.get(i).append(values[i]);
    }
    hashes.append(key.hash());
    olders.append(before);
    stamps.append(stamp);
    table.put(key.hash(), row, before);
  }

  /** Takes no more rows: it has all of its shard's up to this position. */
  public void freeze(long position) {
    frozenAt = position;
  }

  /** Position up to which it has its shard's rows; 0 while it takes more. */
  public long frozenAt() {
    return frozenAt;
  }

  /** The graph over a column, if rows were inserted into one. */
  public @Nullable GrowingIndex graph(int columnId, IndexSpec.Hnsw spec) {
    return graphs.get(GraphKey.of(columnId, spec));
  }

  /** The graph over a column that is stored here, made if there is none. */
  public GrowingIndex graphToGrow(int columnId, IndexSpec.Hnsw spec, long seed, int threads) {
    return graphs.computeIfAbsent(
        GraphKey.of(columnId, spec),
        key ->
            new GrowingIndex(
                (DenseColumn) Objects.requireNonNull(byId.get(columnId)), spec, seed, threads));
  }

  @Override
  public int rows() {
    return stamps.size();
  }

  @Override
  @Nullable FormerGraph former(int columnId, IndexSpec.Hnsw spec, int[] newRows) {
    GrowingIndex graph = graph(columnId, spec);
    return graph == null ? null : graph.former(newRows);
  }

  @Override
  public boolean stores(int columnId) {
    return byId.containsKey(columnId);
  }

  @Override
  @Nullable Column stored(int columnId) {
    return byId.get(columnId);
  }

  @Override
  public long stamp(int row) {
    return stamps.at(row);
  }

  @Override
  public int newest(RowKey key) {
    return table.find(key.hash(), row -> keyOf(keyColumns, row).equals(key));
  }

  @Override
  public int older(int row) {
    return (int) olders.at(row);
  }

  @Override
  long keyHash(int row) {
    return hashes.at(row);
  }

  @Override
  public long bytes() {
    long sum = stamps.bytes() + hashes.bytes() + olders.bytes() + table.bytes();
    for (GrowingColumn column : columns) {
      sum += column.bytes();
    }
    for (GrowingIndex graph : graphs.values()) {
      sum += graph.bytes();
    }
    return sum;
  }
}
