package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.check.DatabaseCheck;
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
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What opening costs, and what the first search after it, beside reading everything. Prints times;
 * {@code -Dquiver.open.rows=60000} for a database of that many rows.
 */
class OpenTimeTest {
  private static final int DIMENSION = 384;
  private static final int ROUNDS = 5;

  private final Random random = new Random(1);

  private static CollectionSchema schema() {
    return new CollectionSchema(
        1,
        "docs",
        List.of(
            ColumnSpec.of(0, "id", new ColumnType.Scalar(ScalarKind.INT64), false),
            ColumnSpec.of(1, "content", new ColumnType.Scalar(ScalarKind.STRING), true),
            ColumnSpec.of(
                2, "v", new ColumnType.DenseVector(DIMENSION, VectorElement.FLOAT32), true)),
        List.of(0),
        1,
        OptionalInt.empty(),
        List.of(
            new IndexSpec.Hnsw("by_v", "v", DistanceMetric.COSINE, 16, 100, Quantization.AUTO)));
  }

  private float[] vector() {
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }

  private static VectorEngine open(Path directory) {
    return VectorEngine.open(
        directory, EngineOptions.withDeriver((recipe, source) -> null), new RecordingSubscriber());
  }

  @Test
  void openingReadsTheEndsOfFiles(@TempDir Path directory) {
    int rows = Integer.getInteger("quiver.open.rows", 2_000);
    try (VectorEngine engine = open(directory)) {
      engine.define(new Definition(List.of(new SchemaChange.Create(schema())), new byte[] {1}));
      for (int from = 0; from < rows; from += 1_000) {
        WriteBatch batch = new WriteBatch(schema());
        for (int i = from; i < Math.min(rows, from + 1_000); i++) {
          batch.put(
              WriteBatch.Expectation.ABSENT,
              new Object[] {(long) i, "passage " + i + " " + "word ".repeat(40), vector()});
        }
        engine.commit(List.of(batch), 0);
      }
      engine.optimize(1, StopSignal.NEVER);
    }
    // The log is cut by the next opening's manifest.
    open(directory).close();
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      try (VectorEngine engine = open(directory)) {
        long opened = System.nanoTime();
        search(engine);
        long searched = System.nanoTime();
        search(engine);
        long again = System.nanoTime();
        assertThat(engine.status().getFirst().liveRows()).isEqualTo(rows);
        System.out.printf(
            Locale.ROOT,
            "%,d rows, %,d MB: opened in %.1f ms, first search %.1f ms, second %.1f ms%n",
            rows,
            engine.status().getFirst().bytesOnDisk() >> 20,
            (opened - start) / 1e6,
            (searched - opened) / 1e6,
            (again - searched) / 1e6);
      }
      start = System.nanoTime();
      assertThat(
              DatabaseCheck.run(directory, new RecordingSubscriber(), (segments, of) -> {})
                  .findings())
          .isEmpty();
      System.out.printf(Locale.ROOT, "checked in %.1f ms%n", (System.nanoTime() - start) / 1e6);
    }
  }

  private void search(VectorEngine engine) {
    try (Snapshot snapshot = engine.snapshot()) {
      CollectionView view = snapshot.collection(1);
      SearchRequest request =
          new SearchRequest.Dense(
              2,
              vector(),
              DistanceMetric.COSINE,
              10,
              100,
              false,
              new RowFilter.All(),
              Double.POSITIVE_INFINITY);
      assertThat(view.search(request, StopSignal.NEVER).size()).isEqualTo(10);
    }
  }
}
