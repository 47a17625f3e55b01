package io.quiver.engine;

import io.quiver.engine.io.FileStore;
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
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.SparseVectorValue;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A small database with a file of every kind: each type of column, each kind of index, deletes,
 * patches.
 */
public final class AllKinds {
  public static final long COLLECTION = 1;
  public static final int ROWS = 150;
  private static final double ANY_DISTANCE = Double.POSITIVE_INFINITY;
  private static final int LANGUAGE = 1;
  private static final int VIEWS = 2;
  private static final int TAGS = 3;
  private static final int EMBEDDING = 4;
  private static final int TERMS = 5;
  private static final int WORDS = 6;
  private static final int TOKENS = 7;
  private static final String[] LANGUAGES = {"de", "en", "fr"};

  private AllKinds() {}

  public static CollectionSchema schema(int shards) {
    return new CollectionSchema(
        COLLECTION,
        "things",
        List.of(
            column(0, "id", new ColumnType.Scalar(ScalarKind.INT64)),
            column(1, "language", new ColumnType.Scalar(ScalarKind.STRING)),
            column(2, "views", new ColumnType.Scalar(ScalarKind.INT32)),
            column(3, "tags", new ColumnType.TextArray()),
            column(4, "embedding", new ColumnType.DenseVector(8, VectorElement.FLOAT32)),
            column(5, "terms", new ColumnType.SparseVector(1000)),
            column(6, "words", new ColumnType.SparseVector(1000)),
            column(7, "tokens", new ColumnType.MultiVector(4)),
            column(8, "code", new ColumnType.Scalar(ScalarKind.UUID)),
            column(9, "price", new ColumnType.Scalar(ScalarKind.DECIMAL)),
            column(10, "ratio", new ColumnType.Scalar(ScalarKind.FLOAT64)),
            column(11, "flag", new ColumnType.Scalar(ScalarKind.BOOLEAN)),
            column(12, "data", new ColumnType.Scalar(ScalarKind.BINARY))),
        List.of(0),
        shards,
        OptionalInt.empty(),
        List.of(
            new IndexSpec.Hnsw(
                "by_embedding", "embedding", DistanceMetric.L2, 4, 40, Quantization.AUTO),
            new IndexSpec.Inverted("by_terms", "terms"),
            new IndexSpec.Bm25("by_words", "words", 1.2, 0.75),
            new IndexSpec.Muvera("by_tokens", "tokens", 4, 40),
            new IndexSpec.Payload("by_language", "language"),
            new IndexSpec.Payload("by_views", "views"),
            new IndexSpec.Payload("by_tags", "tags")));
  }

  private static ColumnSpec column(int id, String name, ColumnType type) {
    return ColumnSpec.of(id, name, type, id > 0);
  }

  public static @Nullable Object[] row(long id) {
    Random random = new Random(id);
    String language = LANGUAGES[random.nextInt(3)];
    if (random.nextInt(20) == 0) {
      @Nullable Object[] row = new @Nullable Object[13];
      row[0] = id;
      return row;
    }
    return new @Nullable Object[] {
      id,
      language,
      random.nextInt(1000),
      new String[] {language, "tag" + random.nextInt(5)},
      floats(8, random),
      sparse(random, false),
      sparse(random, true),
      new float[][] {floats(4, random), floats(4, random)},
      new UUID(random.nextLong(), random.nextLong()),
      BigDecimal.valueOf(random.nextInt(100_000), 2),
      random.nextDouble(),
      random.nextBoolean(),
      ("data " + id).getBytes(StandardCharsets.UTF_8)
    };
  }

  private static float[] floats(int count, Random random) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = random.nextInt(-1000, 1000) / 128f;
    }
    return floats;
  }

  private static SparseVectorValue sparse(Random random, boolean counts) {
    int[] indices = random.ints(6, 0, 40).sorted().distinct().toArray();
    float[] weights = new float[indices.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = counts ? 1 + random.nextInt(4) : 0.5f + random.nextInt(100) / 32f;
    }
    return new SparseVectorValue(indices, weights);
  }

  public static VectorEngine open(FileStore files) {
    return VectorEngine.open(files, Pages.options(1_000), new RecordingSubscriber(), 40_000);
  }

  /** Fills a store: sealed and indexed rows, deletes in files of their own, rows in the log. */
  public static void write(FileStore files, int shards) {
    CollectionSchema schema = schema(shards);
    try (VectorEngine engine = open(files)) {
      engine.define(new Definition(List.of(new SchemaChange.Create(schema)), new byte[] {1}));
      put(engine, schema, 0, 100);
      engine.optimize(COLLECTION, StopSignal.NEVER);
      put(engine, schema, 95, 120);
      delete(engine, schema, 0, 5);
      patch(engine, schema, 10, 16);
    }
    // Opened once more, so that deletions and patches are in files of their own.
    try (VectorEngine engine = open(files)) {
      put(engine, schema, 120, ROWS);
      patch(engine, schema, 14, 18);
      delete(engine, schema, 60, 62);
    }
  }

  /** Two segments of one shard, the second with newer rows of some keys of the first. */
  public static void writeTwoSegments(FileStore files) {
    CollectionSchema schema = schema(1);
    try (VectorEngine engine =
        VectorEngine.open(files, Pages.options(50), new RecordingSubscriber(), 40_000)) {
      engine.define(new Definition(List.of(new SchemaChange.Create(schema)), new byte[] {1}));
      put(engine, schema, 0, 60);
      awaitSealed(engine);
      put(engine, schema, 50, 110);
      awaitSealed(engine);
    }
    // The next opening writes the deletions to a file.
    open(files).close();
  }

  private static void awaitSealed(VectorEngine engine) {
    while (engine.status().getFirst().segments().stream()
        .anyMatch(segment -> segment.state().equals("frozen"))) {
      Thread.onSpinWait();
    }
  }

  /** A hundred rows that are in the log alone. */
  public static void fill(VectorEngine engine) {
    engine.define(new Definition(List.of(new SchemaChange.Create(schema(1))), new byte[] {1}));
    fillAgain(engine);
  }

  /** The same rows, written once more. */
  public static void fillAgain(VectorEngine engine) {
    put(engine, schema(1), 0, 100);
  }

  private static void put(VectorEngine engine, CollectionSchema schema, long from, long to) {
    WriteBatch batch = new WriteBatch(schema);
    for (long id = from; id < to; id++) {
      batch.put(WriteBatch.Expectation.ANY, row(id));
    }
    engine.commit(List.of(batch), 0);
  }

  /** Gives rows the payload of others; their vectors stay. */
  private static void patch(VectorEngine engine, CollectionSchema schema, long from, long to) {
    WriteBatch batch = new WriteBatch(schema);
    try (Snapshot snapshot = engine.snapshot()) {
      CollectionView view = snapshot.collection(COLLECTION);
      for (long id = from; id < to; id++) {
        long row = view.find(new Object[] {id});
        @Nullable Object[] before = new @Nullable Object[schema.columns().size()];
        for (int column = 0; column < before.length; column++) {
          before[column] = view.value(row, column);
        }
        @Nullable Object[] after = row(id + 1_000);
        after[0] = id;
        System.arraycopy(before, EMBEDDING, after, EMBEDDING, TOKENS + 1 - EMBEDDING);
        batch.update(WriteBatch.Expectation.UNCHANGED, before, after);
      }
      engine.commit(List.of(batch), snapshot.position());
    }
  }

  private static void delete(VectorEngine engine, CollectionSchema schema, long from, long to) {
    WriteBatch batch = new WriteBatch(schema);
    for (long id = from; id < to; id++) {
      batch.delete(WriteBatch.Expectation.ANY, new Object[] {id});
    }
    engine.commit(List.of(batch), 0);
  }

  /** What a reader learns: every row by its key, and the hits of each kind of search. */
  public static List<String> answers(VectorEngine engine) {
    List<String> answers = new ArrayList<>();
    try (Snapshot snapshot = engine.snapshot()) {
      CollectionView view = snapshot.collection(COLLECTION);
      answers.add("rows " + view.rowCount());
      for (long id = 0; id < ROWS + 10; id++) {
        long row = view.find(new Object[] {id});
        @Nullable Object[] values = new @Nullable Object[row < 0 ? 0 : 13];
        for (int column = 0; column < values.length; column++) {
          Object value = view.value(row, column);
          values[column] =
              value instanceof SparseVectorValue sparse
                  ? Arrays.toString(sparse.indices()) + Arrays.toString(sparse.weights())
                  : value;
        }
        answers.add(id + " " + Arrays.deepToString(values));
      }
      List<RowFilter> filters =
          List.of(
              new RowFilter.All(),
              new RowFilter.Compare(LANGUAGE, RowFilter.Comparison.EQUAL, "en"),
              new RowFilter.Compare(VIEWS, RowFilter.Comparison.LESS, 500),
              new RowFilter.Contains(
                  TAGS, RowFilter.Containment.ANY, List.of("tag1", "tag2"), false));
      Random random = new Random(77);
      float[] dense = floats(8, random);
      SparseVectorValue terms = sparse(random, false);
      SparseVectorValue words = new SparseVectorValue(new int[] {3, 17, 20}, new float[] {1, 1, 1});
      float[][] tokens = {floats(4, random), floats(4, random)};
      for (RowFilter filter : filters) {
        answers.add("count " + view.count(filter, StopSignal.NEVER));
        for (SearchRequest request :
            List.of(
                new SearchRequest.Dense(
                    EMBEDDING, dense, DistanceMetric.L2, 12, 200, false, filter, ANY_DISTANCE),
                new SearchRequest.Sparse(TERMS, terms, 12, filter, ANY_DISTANCE),
                new SearchRequest.Text(WORDS, words, 12, filter, ANY_DISTANCE),
                new SearchRequest.MaxSim(
                    TOKENS, tokens, 12, 200, false, filter, Optional.empty(), ANY_DISTANCE))) {
          SearchHits hits = view.search(request, StopSignal.NEVER);
          List<String> found = new ArrayList<>();
          for (int i = 0; i < hits.size(); i++) {
            found.add(view.value(hits.rows()[i], 0) + "@" + (float) hits.distances()[i]);
          }
          answers.add(request.getClass().getSimpleName() + found);
        }
      }
    }
    return answers;
  }
}
