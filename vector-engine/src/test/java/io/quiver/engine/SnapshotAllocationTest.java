package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.quiver.engine.index.ClusteredVectors;
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
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.WriteBatch;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A search through a snapshot allocates at most 2 KB, its request included, at any effort. */
class SnapshotAllocationTest {
  private static final int ROWS = 6_000;
  private static final int MOST = 2_048;
  private static final int SEARCHES = 1_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final ClusteredVectors vectors = new ClusteredVectors(9, 40, 64);

  @Test
  void allocationIsSmallAndDoesNotGrowWithEffort() {
    EngineOptions options = new EngineOptions((recipe, source) -> null, 2_000, 500, 100_000, 1, 42);
    try (VectorEngine engine = VectorEngine.openInMemory(options, new RecordingSubscriber())) {
      CollectionSchema schema = schema();
      engine.define(Pages.create(schema));
      WriteBatch batch = new WriteBatch(schema);
      for (long row = 0; row < ROWS; row++) {
        batch.put(WriteBatch.Expectation.ABSENT, new Object[] {row, vectors.next()});
      }
      try (Snapshot before = engine.snapshot()) {
        engine.commit(List.of(batch), before.position());
      }
      engine.optimize(schema.id(), StopSignal.NEVER);
      try (Snapshot snapshot = engine.snapshot()) {
        CollectionView view = snapshot.collection(schema.id());
        assertThat(allocatedOnceCompiled(view, 50)).isLessThan(MOST);
        assertThat(allocatedOnceCompiled(view, 400)).isLessThan(MOST);
      }
    }
  }

  private static CollectionSchema schema() {
    return new CollectionSchema(
        1,
        "passages",
        List.of(
            ColumnSpec.of(0, "id", new ColumnType.Scalar(ScalarKind.INT64), false),
            ColumnSpec.of(1, "dense", new ColumnType.DenseVector(64, VectorElement.FLOAT32), true)),
        List.of(0),
        1,
        OptionalInt.empty(),
        List.of(
            new IndexSpec.Hnsw("a", "dense", DistanceMetric.COSINE, 16, 100, Quantization.AUTO)));
  }

  /** Vector operations allocate until they are compiled, which takes some thousand searches. */
  private long allocatedOnceCompiled(CollectionView view, int ef) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 60 && least >= MOST; round++) {
      least = Math.min(least, allocated(view, ef));
    }
    return least;
  }

  /** Bytes a search. */
  private long allocated(CollectionView view, int ef) {
    float[][] queries = new float[20][];
    for (int i = 0; i < queries.length; i++) {
      queries[i] = vectors.next();
    }
    RowFilter all = new RowFilter.All();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < SEARCHES; i++) {
      var _ =
          view.search(
              new SearchRequest.Dense(
                  1, queries[i % 20], DistanceMetric.COSINE, 10, ef, false, all, Double.MAX_VALUE),
              StopSignal.NEVER);
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / SEARCHES;
  }
}
