package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.quiver.engine.search.RowScan;
import io.quiver.engine.search.SearchForecast;
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of search, over a memtable, over sealed segments, and over their indexes. */
class IndexedSearchTest {
  private static final int ROWS = 3_000;
  private static final int TERMS = 50;
  private static final double ANY_DISTANCE = Double.POSITIVE_INFINITY;
  private static final RowFilter ALL = new RowFilter.All();
  private static final RowFilter FEW =
      new RowFilter.Compare(1, RowFilter.Comparison.LESS, ROWS / 50);

  private final CollectionSchema schema =
      new CollectionSchema(
          1,
          "passages",
          List.of(
              ColumnSpec.of(0, "id", new ColumnType.Scalar(ScalarKind.INT64), false),
              ColumnSpec.of(1, "rank", new ColumnType.Scalar(ScalarKind.INT32), true),
              ColumnSpec.of(
                  2, "dense", new ColumnType.DenseVector(16, VectorElement.FLOAT32), true),
              ColumnSpec.of(3, "terms", new ColumnType.SparseVector(TERMS), true),
              ColumnSpec.of(4, "words", new ColumnType.SparseVector(TERMS), true),
              ColumnSpec.of(5, "tokens", new ColumnType.MultiVector(8), true)),
          List.of(0),
          2,
          OptionalInt.empty(),
          List.of(
              new IndexSpec.Hnsw("a", "dense", DistanceMetric.COSINE, 16, 100, Quantization.AUTO),
              new IndexSpec.Inverted("b", "terms"),
              new IndexSpec.Muvera("m", "tokens", 16, 100),
              new IndexSpec.Bm25("c", "words", 1.2, 0.75),
              new IndexSpec.Payload("d", "rank")));
  private final Random random = new Random(7);

  private float[] vector(int dimension) {
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private SparseVectorValue sparse(boolean counts) {
    int[] indices = random.ints(0, TERMS).distinct().limit(6).sorted().toArray();
    float[] weights = new float[indices.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = counts ? 1 + random.nextInt(4) : 0.1f + random.nextFloat();
    }
    return new SparseVectorValue(indices, weights);
  }

  private List<SearchRequest> requests() {
    List<SearchRequest> requests = new ArrayList<>();
    for (RowFilter filter : List.of(ALL, FEW)) {
      requests.add(
          new SearchRequest.Dense(
              2, vector(16), DistanceMetric.COSINE, 10, 400, false, filter, ANY_DISTANCE));
      requests.add(new SearchRequest.Sparse(3, sparse(false), 10, filter, ANY_DISTANCE));
      requests.add(new SearchRequest.Text(4, sparse(true), 10, filter, ANY_DISTANCE));
      requests.add(
          new SearchRequest.MaxSim(
              5,
              new float[][] {vector(8), vector(8)},
              10,
              400,
              false,
              filter,
              Optional.empty(),
              ANY_DISTANCE));
    }
    return requests;
  }

  private static List<Object> ids(CollectionView view, SearchHits hits) {
    List<Object> ids = new ArrayList<>();
    for (long row : hits.rows()) {
      ids.add(view.value(row, 0));
    }
    return ids;
  }

  @Test
  void indexesFindWhatScansFind() {
    EngineOptions options = new EngineOptions((recipe, source) -> source, 700, 500, 500, 1, 42);
    try (VectorEngine engine = VectorEngine.openInMemory(options, new RecordingSubscriber())) {
      engine.define(Pages.create(schema));
      // One commit, so that one memtable has it all until it is frozen.
      WriteBatch batch = new WriteBatch(schema);
      for (long id = 0; id < ROWS; id++) {
        float[][] tokens = {vector(8), vector(8), vector(8)};
        batch.put(
            WriteBatch.Expectation.ABSENT,
            new Object[] {id, (int) id, vector(16), sparse(false), sparse(true), tokens});
      }
      engine.commit(List.of(batch), 0);
      WriteBatch deletes = new WriteBatch(schema);
      for (long id = 0; id < ROWS; id += 10) {
        deletes.delete(WriteBatch.Expectation.ANY, new Object[] {id});
      }
      engine.commit(List.of(deletes), 0);
      List<SearchRequest> requests = requests();
      List<List<Object>> scanned = new ArrayList<>();
      List<double[]> distances = new ArrayList<>();
      try (Snapshot early = engine.snapshot()) {
        CollectionView view = early.collection(1);
        for (SearchRequest request : requests) {
          SearchHits hits = view.search(request, StopSignal.NEVER);
          assertThat(hits.size()).isEqualTo(10);
          scanned.add(ids(view, hits));
          distances.add(hits.distances());
        }
        engine.optimize(1, StopSignal.NEVER);
        assertThat(engine.failures()).isEmpty();
        assertThat(engine.status().getFirst().segments())
            .allMatch(segment -> segment.state().equals("indexed"))
            .allMatch(segment -> segment.deletedRows() == 0)
            .hasSize(2);
        for (int i = 0; i < requests.size(); i++) {
          SearchHits hits = view.search(requests.get(i), StopSignal.NEVER);
          assertThat(ids(view, hits)).as("pinned %s", requests.get(i)).isEqualTo(scanned.get(i));
        }
      }
      try (Snapshot late = engine.snapshot()) {
        CollectionView view = late.collection(1);
        for (int i = 0; i < requests.size(); i++) {
          SearchHits hits = view.search(requests.get(i), StopSignal.NEVER);
          assertThat(ids(view, hits)).as("%s", requests.get(i)).isEqualTo(scanned.get(i));
          assertThat(hits.distances()).containsExactly(distances.get(i));
        }
        // Near vectors lie side by side now, where the rows were in the order of their keys.
        List<Long> stored = new ArrayList<>();
        RowScan scan = view.scan(ALL, StopSignal.NEVER);
        long[] names = new long[100];
        for (int count = scan.next(names); count > 0; count = scan.next(names)) {
          for (int i = 0; i < count; i++) {
            stored.add((Long) view.value(names[i], 0));
          }
        }
        assertThat(stored).hasSize(ROWS - ROWS / 10).doesNotHaveDuplicates();
        List<Long> first = stored.subList(0, ROWS / 3);
        assertThat(first).isNotEqualTo(first.stream().sorted().toList());
        SearchForecast forecast = view.forecast(requests.getFirst());
        assertThat(forecast.modes()).containsExactly("graph", "graph");
        assertThat(forecast.approximate()).isTrue();
        assertThat(view.forecast(requests.get(1)).modes()).containsExactly("inverted", "inverted");
      }
    }
  }

  @Test
  void droppedIndexIsNotUsedAndAnAddedOneIsBuilt() {
    EngineOptions options = new EngineOptions((recipe, source) -> source, 100, 50, 50, 1, 42);
    try (VectorEngine engine = VectorEngine.openInMemory(options, new RecordingSubscriber())) {
      engine.define(Pages.create(schema));
      WriteBatch batch = new WriteBatch(schema);
      for (long id = 0; id < 400; id++) {
        batch.put(
            WriteBatch.Expectation.ABSENT,
            new Object[] {id, (int) id, vector(16), null, null, null});
      }
      engine.commit(List.of(batch), 0);
      engine.optimize(1, StopSignal.NEVER);
      CollectionSchema changed =
          new CollectionSchema(
              1,
              schema.name(),
              schema.columns(),
              schema.key(),
              schema.shards(),
              schema.shardKey(),
              List.of(
                  new IndexSpec.Hnsw("e", "dense", DistanceMetric.L2, 8, 50, Quantization.NONE)));
      engine.define(
          new io.quiver.engine.write.Definition(
              List.of(new io.quiver.engine.write.SchemaChange.Replace(changed)), new byte[] {3}));
      engine.optimize(1, StopSignal.NEVER);
      try (Snapshot snapshot = engine.snapshot()) {
        CollectionView view = snapshot.collection(1);
        SearchRequest l2 =
            new SearchRequest.Dense(
                2, vector(16), DistanceMetric.L2, 5, 100, false, ALL, ANY_DISTANCE);
        assertThat(view.forecast(l2).modes()).containsExactly("graph", "graph");
        SearchRequest cosine =
            new SearchRequest.Dense(
                2, vector(16), DistanceMetric.COSINE, 5, 100, false, ALL, ANY_DISTANCE);
        assertThat(view.forecast(cosine).reason()).isEqualTo("the index has another metric");
        assertThat(view.search(cosine, StopSignal.NEVER).size()).isEqualTo(5);
      }
    }
  }

  /**
   * However fast rows come, few are not in the graph yet, and it does not matter in how many parts.
   */
  @ParameterizedTest
  @CsvSource({"1, 1, 200", "1, 2, 1500", "3, 1, 300"})
  void aFastWriterDoesNotOutrunTheGraph(int shards, int threads, int batch) {
    CollectionSchema pages = Pages.schema(shards);
    EngineOptions options =
        new EngineOptions((recipe, source) -> source, 100_000, 2_000, 100_000, threads, 42);
    try (VectorEngine engine = VectorEngine.openInMemory(options, new RecordingSubscriber())) {
      engine.define(Pages.create(pages));
      for (int from = 0; from < 4_000; from += batch) {
        WriteBatch rows = new WriteBatch(pages);
        for (int id = from; id < from + batch; id++) {
          rows.put(WriteBatch.Expectation.ABSENT, Pages.row(id, "en", id, vector(4)));
        }
        engine.commit(List.of(rows), 0);
        long behind =
            engine.status().getFirst().segments().stream()
                // Fewer are not worth a graph.
                .filter(memtable -> memtable.rows() >= 512)
                .mapToLong(memtable -> memtable.rows() - memtable.rowsIndexed())
                .sum();
        // The first rows of each shard count once its graph begins.
        assertThat(behind)
            .isLessThanOrEqualTo((long) shards * MemtableIndexer.ROWS_BEHIND_MOST + batch);
      }
    }
  }
}
