package io.quiver.benchmarks.contender;

import io.quiver.benchmarks.data.RankFilter;
import io.quiver.benchmarks.data.VectorSet;
import io.quiver.engine.EngineOptions;
import io.quiver.engine.LogSubscriber;
import io.quiver.engine.Snapshot;
import io.quiver.engine.VectorEngine;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowFilter.Comparison;
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Quiver's engine, called directly. */
public final class QuiverEngine implements DenseContender {
  private static final int BATCH = 500;

  /** Segments of fewer rows have no index, and need none. */
  static final int INDEXED_FROM = EngineOptions.withDeriver((recipe, source) -> null).indexRows();

  private static final int VECTOR = 1;
  private static final int RANKS = 2;

  private final VectorEngine engine;
  private final CollectionSchema schema;
  private final boolean owned;

  /** An empty collection with as many indexed columns of ranks as wanted. */
  public QuiverEngine(Path directory, int dimension, int rankColumns, int threads) {
    this(directory, dimension, rankColumns, threads, Optional.empty());
  }

  /** An empty collection whose first column of ranks says whose a row is. */
  public static QuiverEngine ofTenants(Path directory, int dimension, int threads) {
    return new QuiverEngine(directory, dimension, 1, threads, Optional.of("rank_0"));
  }

  private QuiverEngine(
      Path directory, int dimension, int rankColumns, int threads, Optional<String> tenant) {
    this.engine = VectorEngine.open(directory, options(threads), new NoCatalog());
    List<ColumnSpec> columns = new ArrayList<>();
    columns.add(ColumnSpec.of(0, "id", new ColumnType.Scalar(ScalarKind.INT64), false));
    columns.add(
        ColumnSpec.of(
            1, "embedding", new ColumnType.DenseVector(dimension, VectorElement.FLOAT32), true));
    List<IndexSpec> indexes = new ArrayList<>();
    indexes.add(
        new IndexSpec.Hnsw(
            "nearest", "embedding", DistanceMetric.COSINE, 16, 100, Quantization.AUTO, tenant));
    for (int i = 0; i < rankColumns; i++) {
      columns.add(
          ColumnSpec.of(RANKS + i, "rank_" + i, new ColumnType.Scalar(ScalarKind.INT32), false));
      indexes.add(new IndexSpec.Payload("by_rank_" + i, "rank_" + i));
    }
    this.schema =
        new CollectionSchema(
            engine.nextCollectionId(),
            "docs",
            columns,
            List.of(0),
            1,
            OptionalInt.empty(),
            indexes);
    this.owned = true;
    engine.define(new Definition(List.of(new SchemaChange.Create(schema)), new byte[0]));
  }

  private QuiverEngine(VectorEngine engine, CollectionSchema schema, boolean owned) {
    this.engine = engine;
    this.schema = schema;
    this.owned = owned;
  }

  /**
   * The first table of an open database, searched where it lies: two copies of the same files
   * differ by more than SQL costs. It is the database that is closed.
   */
  public static QuiverEngine inside(VectorEngine engine) {
    return new QuiverEngine(engine, first(engine), false);
  }

  private static CollectionSchema first(VectorEngine engine) {
    try (Snapshot snapshot = engine.snapshot()) {
      return snapshot.collection(engine.status().getFirst().id()).schema();
    }
  }

  /** Opens what was filled and closed before. */
  public static QuiverEngine reopen(Path directory, int threads) {
    VectorEngine engine = VectorEngine.open(directory, options(threads), new NoCatalog());
    return new QuiverEngine(engine, first(engine), true);
  }

  private static EngineOptions options(int threads) {
    EngineOptions defaults = EngineOptions.withDeriver((recipe, source) -> null);
    return new EngineOptions(
        defaults.deriver(),
        defaults.sealRows(),
        defaults.indexRows(),
        defaults.neighbourRows(),
        threads,
        defaults.seed());
  }

  /** Inserts every row, each batch durable, then brings the collection to one segment. */
  public QuiverEngine fill(VectorSet set, int[][] ranks) {
    insert(set, ranks);
    optimize();
    return this;
  }

  /**
   * Inserts every row, each batch durable, and waits until all are found by index: but for segments
   * of fewer rows than get one.
   */
  public QuiverEngine fillInBatches(VectorSet set) {
    insert(set, new int[0][]);
    while (engine.status().getFirst().segments().stream()
        .anyMatch(
            segment -> segment.rowsIndexed() < segment.rows() && segment.rows() >= INDEXED_FROM)) {
      LockSupport.parkNanos(5_000_000);
    }
    return this;
  }

  private void insert(VectorSet set, int[][] ranks) {
    int rows = set.rows().count();
    for (int from = 0; from < rows; from += BATCH) {
      WriteBatch batch = new WriteBatch(schema);
      for (int row = from; row < Math.min(rows, from + BATCH); row++) {
        Object[] values = new Object[RANKS + ranks.length];
        values[0] = (long) row;
        values[VECTOR] = set.rows().get(row);
        for (int i = 0; i < ranks.length; i++) {
          values[RANKS + i] = ranks[i][row];
        }
        batch.put(WriteBatch.Expectation.ABSENT, values);
      }
      commit(batch);
    }
  }

  private void commit(WriteBatch batch) {
    try (Snapshot snapshot = engine.snapshot()) {
      engine.commit(List.of(batch), snapshot.position());
    }
  }

  /** Seals, builds and merges until every row is found by index. */
  public void optimize() {
    engine.optimize(schema.id(), StopSignal.NEVER);
  }

  /** Puts (a vector) or deletes (null) rows in one durable commit. */
  public void change(int[] rows, float[] @Nullable [] vectors) {
    WriteBatch batch = new WriteBatch(schema);
    for (int i = 0; i < rows.length; i++) {
      float[] vector = vectors[i];
      if (vector == null) {
        batch.delete(WriteBatch.Expectation.ANY, new Object[] {(long) rows[i]});
      } else {
        batch.put(WriteBatch.Expectation.ANY, new Object[] {(long) rows[i], vector});
      }
    }
    commit(batch);
  }

  @Override
  public String name() {
    return schema.tenant().isEmpty() ? "Quiver engine" : "with tenants";
  }

  @Override
  public String configuration() {
    return "HNSW m 16, ef_construction 100, cosine, quantization auto, one segment";
  }

  @Override
  public Searcher searcher(int effort, @Nullable RankFilter filter) {
    RowFilter condition = filter == null ? new RowFilter.All() : condition(filter);
    return new EngineSearcher(engine.snapshot(), effort, condition);
  }

  private static RowFilter condition(RankFilter filter) {
    return new RowFilter.And(
        List.of(
            new RowFilter.Compare(
                RANKS + filter.column(), Comparison.GREATER_OR_EQUAL, filter.low()),
            new RowFilter.Compare(RANKS + filter.column(), Comparison.LESS, filter.high())));
  }

  /** All searches over one snapshot. */
  private final class EngineSearcher implements Searcher {
    private final Snapshot snapshot;
    private final CollectionView view;
    private final int effort;
    private final RowFilter filter;

    EngineSearcher(Snapshot snapshot, int effort, RowFilter filter) {
      this.snapshot = snapshot;
      this.view = snapshot.collection(schema.id());
      this.effort = effort;
      this.filter = filter;
    }

    @Override
    public int search(float[] query, long[] found) {
      SearchHits hits =
          view.search(
              new SearchRequest.Dense(
                  VECTOR,
                  query,
                  DistanceMetric.COSINE,
                  found.length,
                  effort,
                  false,
                  filter,
                  Double.POSITIVE_INFINITY),
              StopSignal.NEVER);
      System.arraycopy(hits.rows(), 0, found, 0, hits.size());
      return hits.size();
    }

    @Override
    public int row(long name) {
      Object id = view.value(name, 0);
      if (!(id instanceof Long number)) {
        throw new IllegalStateException("A row has no id");
      }
      return number.intValue();
    }

    @Override
    public void close() {
      snapshot.close();
    }
  }

  @Override
  public void close() {
    if (owned) {
      engine.close();
    }
  }

  /** The engine without a catalog above it. */
  private static final class NoCatalog implements LogSubscriber {
    @Override
    public void restore(byte[] snapshot, long position) {}

    @Override
    public void apply(long position, byte[] catalogRecord) {}

    @Override
    public byte[] snapshot() {
      return new byte[0];
    }
  }
}
