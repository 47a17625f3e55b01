package io.quiver.benchmarks.contender;

import io.quiver.engine.EngineOptions;
import io.quiver.engine.LogSubscriber;
import io.quiver.engine.Snapshot;
import io.quiver.engine.VectorEngine;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Quiver's engine over a collection of a row number and one column of any kind. */
public final class QuiverSearches implements AutoCloseable {
  /** Ordinal of the column that is searched. */
  public static final int COLUMN = 1;

  private final VectorEngine engine;
  private final CollectionSchema schema;
  private final Snapshot snapshot;

  /** Inserts the values as rows 0, 1, 2 and waits until all are found by index. */
  public QuiverSearches(Path directory, ColumnType type, List<IndexSpec> indexes, List<?> values) {
    this.engine =
        VectorEngine.open(
            directory,
            EngineOptions.withDeriver((recipe, source) -> null),
            new LogSubscriber() {
              @Override
              public void restore(byte[] catalog, long position) {}

              @Override
              public void apply(long position, byte[] catalogRecord) {}

              @Override
              public byte[] snapshot() {
                return new byte[0];
              }
            });
    this.schema =
        new CollectionSchema(
            engine.nextCollectionId(),
            "rows",
            List.of(
                ColumnSpec.of(0, "id", new ColumnType.Scalar(ScalarKind.INT64), false),
                ColumnSpec.of(1, "value", type, true)),
            List.of(0),
            1,
            OptionalInt.empty(),
            indexes);
    engine.define(new Definition(List.of(new SchemaChange.Create(schema)), new byte[0]));
    for (int from = 0; from < values.size(); from += 500) {
      WriteBatch batch = new WriteBatch(schema);
      for (int row = from; row < Math.min(values.size(), from + 500); row++) {
        batch.put(WriteBatch.Expectation.ABSENT, new Object[] {(long) row, values.get(row)});
      }
      try (Snapshot current = engine.snapshot()) {
        engine.commit(List.of(batch), current.position());
      }
    }
    engine.optimize(schema.id(), StopSignal.NEVER);
    this.snapshot = engine.snapshot();
  }

  public SearchHits search(SearchRequest request) {
    return snapshot.collection(schema.id()).search(request, StopSignal.NEVER);
  }

  /** The engine's names of the rows inserted with these numbers. */
  public List<Long> names(int count) {
    return IntStream.range(0, count)
        .mapToObj(row -> snapshot.collection(schema.id()).find(new Object[] {(long) row}))
        .toList();
  }

  /** The number a row was inserted with. */
  public int row(long name) {
    return snapshot.collection(schema.id()).value(name, 0) instanceof Long id ? id.intValue() : -1;
  }

  @Override
  public void close() {
    snapshot.close();
    engine.close();
  }
}
