package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.check.DatabaseCheck;
import io.quiver.engine.io.FaultyFiles;
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
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import io.quiver.engine.write.WriteBatch.Expectation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Searches among the rows of one tenant, by graphs of their own and without. */
class TenantSearchTest {
  private static final int ROWS = 9_000;
  private static final int DIMENSION = 16;
  private static final int K = 10;

  /** Of the first rows every second changes hands and the others go. */
  private static final int CHANGED = 2_000;

  private static final int QUERIES = 20;
  private static final int TENANT = 1;
  private static final int LANGUAGE = 2;
  private static final Optional<String> BY_TENANT = Optional.of("tenant");

  /** Half of all rows, enough for a graph, 2,000, 50 and 1; the rest are of tenants of a few. */
  private static final Map<String, Integer> SIZES =
      new TreeMap<>(Map.of("half", ROWS / 2, "mid", 2_000, "few", 50, "one", 1));

  private final FaultyFiles files = new FaultyFiles(1);
  private final Random random = new Random(11);
  private final float[][] centres = new float[64][];
  private final Map<Long, String> tenants = new TreeMap<>();
  private final Map<Long, float[]> vectors = new TreeMap<>();
  private VectorEngine engine = open();

  private VectorEngine open() {
    EngineOptions options = new EngineOptions((recipe, source) -> source, 6_000, 500, 500, 2, 42);
    return VectorEngine.open(files, options, new RecordingSubscriber(), 1 << 24);
  }

  private static CollectionSchema schema(Optional<String> tenant, String name, int version) {
    return new CollectionSchema(
        1,
        "notes",
        List.of(
            ColumnSpec.of(0, "id", new ColumnType.Scalar(ScalarKind.INT64), false),
            ColumnSpec.of(1, name, new ColumnType.Scalar(ScalarKind.STRING), true),
            ColumnSpec.of(2, "language", new ColumnType.Scalar(ScalarKind.INT32), true),
            ColumnSpec.of(
                3, "e", new ColumnType.DenseVector(DIMENSION, VectorElement.FLOAT32), true)),
        List.of(0),
        1,
        OptionalInt.empty(),
        List.of(
            new IndexSpec.Payload("by_tenant", name),
            new IndexSpec.Hnsw(
                "e_hnsw", "e", DistanceMetric.COSINE, 12, 50, Quantization.AUTO, tenant)),
        version);
  }

  private float[] vector() {
    float[] centre = centres[random.nextInt(centres.length)];
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = centre[i] + .6f * (float) random.nextGaussian();
    }
    return vector;
  }

  private @Nullable Object[] row(long id) {
    return new @Nullable Object[] {id, tenants.get(id), (int) (id % 5), vectors.get(id)};
  }

  private void fill(CollectionSchema schema) {
    for (int i = 0; i < centres.length; i++) {
      centres[i] = new float[DIMENSION];
      for (int j = 0; j < DIMENSION; j++) {
        centres[i][j] = (float) random.nextGaussian();
      }
    }
    List<String> names = new ArrayList<>();
    SIZES.forEach((name, size) -> names.addAll(Collections.nCopies(size, name)));
    while (names.size() < ROWS) {
      names.add("small" + names.size() / 20);
    }
    Collections.shuffle(names, random);
    WriteBatch batch = new WriteBatch(schema);
    for (long id = 0; id < ROWS; id++) {
      tenants.put(id, names.get((int) id));
      vectors.put(id, vector());
      batch.put(Expectation.ABSENT, row(id));
      if (id % 3_000 == 2_999) {
        engine.commit(List.of(batch), 0);
        batch = new WriteBatch(schema);
      }
    }
  }

  private static RowFilter of(String tenant) {
    return new RowFilter.Compare(TENANT, RowFilter.Comparison.EQUAL, tenant);
  }

  private static SearchHits search(
      CollectionView view, float[] query, RowFilter filter, boolean exact) {
    return view.search(
        new SearchRequest.Dense(
            3, query, DistanceMetric.COSINE, K, 100, exact, filter, Double.POSITIVE_INFINITY),
        StopSignal.NEVER);
  }

  /** Recall of searches under a filter; each finds as many rows as there are. */
  private double recall(RowFilter filter, int size, Set<String> modes) {
    int found = 0;
    int wanted = 0;
    try (Snapshot snapshot = engine.snapshot()) {
      CollectionView view = snapshot.collection(1);
      for (int i = 0; i < QUERIES; i++) {
        float[] query = vector();
        SearchHits exact = search(view, query, filter, true);
        SearchHits hits = search(view, query, filter, false);
        assertThat(exact.size()).isEqualTo(Math.min(K, size));
        assertThat(hits.size()).isEqualTo(exact.size());
        modes.addAll(hits.statistics().modes());
        Set<Long> right = new HashSet<>();
        Arrays.stream(exact.rows()).forEach(right::add);
        found += (int) Arrays.stream(hits.rows()).filter(right::contains).count();
        wanted += exact.size();
      }
    }
    return (double) found / wanted;
  }

  private int size(String tenant) {
    return (int) tenants.values().stream().filter(tenant::equals).count();
  }

  private void findsEveryTenant(String when) {
    for (String tenant : SIZES.keySet()) {
      assertThat(recall(of(tenant), size(tenant), new HashSet<>()))
          .as("%s, %s", tenant, when)
          .isGreaterThanOrEqualTo(.99);
    }
  }

  private Set<String> modes(RowFilter filter) {
    Set<String> modes = new HashSet<>();
    recall(filter, ROWS, modes);
    return modes;
  }

  /** Gives every second of the first rows to another tenant, some dozens in each commit. */
  private void handOver(CollectionSchema schema) {
    for (long from = 0; from < CHANGED; from += 100) {
      WriteBatch batch = new WriteBatch(schema);
      for (long id = from; id < from + 100; id += 2) {
        if (!"one".equals(tenants.get(id))) {
          @Nullable Object[] before = row(id);
          tenants.put(id, id % 6 == 0 ? "few" : "half");
          batch.update(Expectation.UNCHANGED, before, row(id));
        }
      }
      // Commits one by one are the time of a thread to wake up each, on a busy machine the most.
      engine.commit(List.of(batch), engine.snapshotPosition());
    }
  }

  private void replace(CollectionSchema schema) {
    engine.define(new Definition(List.of(new SchemaChange.Replace(schema)), new byte[] {3}));
  }

  private void isWhole() {
    engine.close();
    assertThat(DatabaseCheck.run(files, new RecordingSubscriber(), (segments, of) -> {}).findings())
        .isEmpty();
    engine = open();
  }

  /** Optimizes; what was told of the segment that is to take the others' place. */
  private List<CollectionStatus.SegmentStatus> merging(long collection) {
    List<CollectionStatus.SegmentStatus> told = new ArrayList<>();
    CompletableFuture<Void> done =
        CompletableFuture.runAsync(() -> engine.optimize(collection, StopSignal.NEVER));
    while (!done.isDone()) {
      told.addAll(engine.status().getFirst().merging());
      LockSupport.parkNanos(1_000_000);
    }
    done.join();
    return told;
  }

  @Test
  void everyTenantIsFoundThroughAllThatHappensToItsRows() {
    CollectionSchema schema = schema(BY_TENANT, "tenant", 0);
    engine.define(Pages.create(schema));
    fill(schema);
    findsEveryTenant("fresh");
    engine.optimize(1, StopSignal.NEVER);
    findsEveryTenant("merged");
    assertThat(modes(of("half"))).containsExactly("tenant-graph");
    assertThat(modes(of("mid"))).containsExactly("scan");
    RowFilter both =
        new RowFilter.And(
            List.of(of("half"), new RowFilter.Compare(LANGUAGE, RowFilter.Comparison.LESS, 4)));
    assertThat(recall(both, ROWS, new HashSet<>())).isGreaterThanOrEqualTo(.99);
    RowFilter either = new RowFilter.Or(List.of(of("half"), of("mid")));
    assertThat(recall(either, ROWS, new HashSet<>())).isGreaterThanOrEqualTo(.99);
    assertThat(recall(new RowFilter.All(), ROWS, new HashSet<>())).isGreaterThanOrEqualTo(.95);

    // Rows change hands where they are, and some go.
    handOver(schema);
    WriteBatch deletes = new WriteBatch(schema);
    for (long id = 1; id < CHANGED; id += 2) {
      if (!"one".equals(tenants.get(id))) {
        deletes.delete(Expectation.ANY, new Object[] {id});
        tenants.remove(id);
      }
    }
    engine.commit(List.of(deletes), 0);
    findsEveryTenant("patched");
    isWhole();
    findsEveryTenant("opened again");
    engine.optimize(1, StopSignal.NEVER);
    assertThat(modes(of("half"))).containsExactly("tenant-graph");
    findsEveryTenant("merged again");
    isWhole();

    // The column by another name.
    replace(schema(Optional.of("owner"), "owner", 1));
    assertThat(modes(of("half"))).containsExactly("tenant-graph");
    engine.close();
    engine = open();
    assertThat(modes(of("half"))).containsExactly("tenant-graph");
    engine.close();
  }

  @Test
  void rowsThatAreThereArePutTogetherAndLeftSoWhenTheOptionGoes() {
    CollectionSchema plain = schema(Optional.empty(), "tenant", 0);
    engine.define(Pages.create(plain));
    fill(plain);
    engine.optimize(1, StopSignal.NEVER);
    assertThat(modes(of("half"))).doesNotContain("tenant-graph");
    replace(schema(BY_TENANT, "tenant", 1));
    List<CollectionStatus.SegmentStatus> told = merging(plain.id());
    assertThat(told)
        .isNotEmpty()
        .allMatch(each -> each.state().equals("merging"))
        .allMatch(each -> each.rows() == ROWS)
        .allMatch(each -> each.rowsIndexed() <= ROWS);
    assertThat(told.getLast().rowsIndexed()).isPositive();
    assertThat(engine.status().getFirst().merging()).isEmpty();
    assertThat(modes(of("half"))).containsExactly("tenant-graph");
    findsEveryTenant("with the option");
    replace(schema(Optional.empty(), "tenant", 2));
    engine.optimize(1, StopSignal.NEVER);
    assertThat(modes(of("half"))).doesNotContain("tenant-graph");
    findsEveryTenant("without it");
    isWhole();
    engine.close();
  }

  @Test
  void aTenantIsAScalarColumnAndOneForAll() {
    assertThatThrownBy(() -> schema(Optional.of("e"), "tenant", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid tenant: column e is not a scalar");
    assertThatThrownBy(() -> schema(Optional.of("nobody"), "tenant", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid tenant: no column nobody");
  }
}
