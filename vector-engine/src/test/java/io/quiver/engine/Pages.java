package io.quiver.engine;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.Quantization;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A collection of pages for tests: id, language, views, tags and a vector of four components. */
public final class Pages {
  public static final long COLLECTION = 1;
  public static final int ID = 0;
  public static final int LANGUAGE = 1;
  public static final int VIEWS = 2;
  public static final int TAGS = 3;
  public static final int EMBEDDING = 4;

  private Pages() {}

  public static EngineOptions options(int sealRows) {
    return new EngineOptions((recipe, source) -> source, sealRows, 20, 20, 1, 42);
  }

  public static CollectionSchema schema(int shards) {
    return schema(COLLECTION, shards);
  }

  public static CollectionSchema schema(long id, int shards) {
    return new CollectionSchema(
        id,
        "pages" + id,
        List.of(
            ColumnSpec.of(0, "id", new ColumnType.Scalar(ScalarKind.INT64), false),
            ColumnSpec.of(1, "language", new ColumnType.Scalar(ScalarKind.STRING), true),
            ColumnSpec.of(2, "views", new ColumnType.Scalar(ScalarKind.INT32), true),
            ColumnSpec.of(3, "tags", new ColumnType.TextArray(), true),
            ColumnSpec.of(
                4, "embedding", new ColumnType.DenseVector(4, VectorElement.FLOAT32), true)),
        List.of(0),
        shards,
        OptionalInt.empty(),
        List.of(
            new IndexSpec.Hnsw(
                "embedding_index", "embedding", DistanceMetric.L2, 16, 100, Quantization.AUTO)));
  }

  public static Definition create(CollectionSchema schema) {
    return new Definition(List.of(new SchemaChange.Create(schema)), new byte[] {1});
  }

  public static @Nullable Object[] row(long id, String language, int views, float... vector) {
    return new @Nullable Object[] {id, language, views, new String[] {language, "page"}, vector};
  }

  public static WriteBatch insert(CollectionSchema schema, @Nullable Object[]... rows) {
    return put(schema, WriteBatch.Expectation.ABSENT, rows);
  }

  public static WriteBatch upsert(CollectionSchema schema, @Nullable Object[]... rows) {
    return put(schema, WriteBatch.Expectation.ANY, rows);
  }

  private static WriteBatch put(
      CollectionSchema schema, WriteBatch.Expectation expectation, @Nullable Object[]... rows) {
    WriteBatch batch = new WriteBatch(schema);
    for (@Nullable Object[] row : rows) {
      batch.put(expectation, row);
    }
    return batch;
  }

  public static SearchRequest nearest(int k, RowFilter filter, float... query) {
    return new SearchRequest.Dense(
        EMBEDDING, query, DistanceMetric.L2, k, 100, false, filter, Double.POSITIVE_INFINITY);
  }
}
