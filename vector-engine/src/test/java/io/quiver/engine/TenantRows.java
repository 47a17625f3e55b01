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
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.WriteBatch;
import io.quiver.engine.write.WriteBatch.Expectation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** A database whose index file has the graph of a tenant beside that over all rows. */
final class TenantRows {
  private static final int ROWS = 5_400;
  private static final int OWNER = 1;
  private static final int VECTOR = 2;

  /** So many that walks find the very rows that scans do. */
  private static final int EF = 300;

  private TenantRows() {}

  private static CollectionSchema schema() {
    return new CollectionSchema(
        1,
        "owned",
        List.of(
            ColumnSpec.of(0, "id", new ColumnType.Scalar(ScalarKind.INT64), false),
            ColumnSpec.of(1, "owner", new ColumnType.Scalar(ScalarKind.INT32), false),
            ColumnSpec.of(2, "v", new ColumnType.DenseVector(4, VectorElement.FLOAT32), false)),
        List.of(0),
        1,
        OptionalInt.empty(),
        List.of(
            new IndexSpec.Hnsw(
                "by_v", "v", DistanceMetric.L2, 4, 40, Quantization.NONE, Optional.of("owner"))));
  }

  private static float[] vector(Random random) {
    return new float[] {
      random.nextFloat(), random.nextFloat(), random.nextFloat(), random.nextFloat()
    };
  }

  /** One sealed and indexed segment, a deletion and a patch in files of their own. */
  static void write(FileStore files) {
    CollectionSchema schema = schema();
    try (VectorEngine engine = open(files)) {
      engine.define(Pages.create(schema));
      Random random = new Random(3);
      WriteBatch batch = new WriteBatch(schema);
      for (long id = 0; id < ROWS; id++) {
        int owner = id % 9 < 7 ? 0 : (int) id;
        batch.put(Expectation.ABSENT, new Object[] {id, owner, vector(random)});
      }
      engine.commit(List.of(batch), 0);
      engine.optimize(1, StopSignal.NEVER);
      WriteBatch gone = new WriteBatch(schema);
      gone.delete(Expectation.ANY, new Object[] {7L});
      engine.commit(List.of(gone), engine.snapshotPosition());
    }
    // Opened once more, so that the deletion is in a file of its own.
    open(files).close();
  }

  static VectorEngine open(FileStore files) {
    EngineOptions options =
        new EngineOptions((recipe, source) -> source, 10_000, 2_000, 2_000, 1, 42);
    return VectorEngine.open(files, options, new RecordingSubscriber(), 1 << 20);
  }

  /** What searches find: of the large tenant by its graph, of a small one, of all. */
  static List<String> answers(VectorEngine engine) {
    List<String> answers = new ArrayList<>();
    try (Snapshot snapshot = engine.snapshot()) {
      CollectionView view = snapshot.collection(1);
      answers.add("rows " + view.rowCount());
      Random random = new Random(5);
      for (int i = 0; i < 5; i++) {
        float[] query = vector(random);
        answers.add("large " + told(view, search(view, query, of(0))));
        answers.add("small " + told(view, search(view, query, of(8))));
        answers.add("all " + told(view, search(view, query, new RowFilter.All())));
      }
    }
    return answers;
  }

  /** How the large tenant's rows are searched. */
  static List<String> modes(VectorEngine engine) {
    try (Snapshot snapshot = engine.snapshot()) {
      CollectionView view = snapshot.collection(1);
      return search(view, vector(new Random(5)), of(0)).statistics().modes();
    }
  }

  private static RowFilter of(int owner) {
    return new RowFilter.Compare(OWNER, RowFilter.Comparison.EQUAL, owner);
  }

  private static SearchHits search(CollectionView view, float[] query, RowFilter filter) {
    return view.search(
        new SearchRequest.Dense(
            VECTOR, query, DistanceMetric.L2, 10, EF, false, filter, Double.POSITIVE_INFINITY),
        StopSignal.NEVER);
  }

  private static List<String> told(CollectionView view, SearchHits hits) {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < hits.size(); i++) {
      told.add(view.value(hits.rows()[i], 0) + "@" + (float) hits.distances()[i]);
    }
    return told;
  }
}
