package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.column.RandomValues;
import io.quiver.engine.filter.NaiveFilter;
import io.quiver.engine.filter.PayloadIndex;
import io.quiver.engine.filter.RandomFilters;
import io.quiver.engine.io.FaultyFiles;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.Derivation;
import io.quiver.engine.schema.DistanceMetric;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.schema.VectorElement;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowScan;
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.SearchRequest;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Filters over every type through the whole engine: in the memtable, sealed, merged and reopened,
 * after updates and deletes, with payload indexes and without; replay with quiver.seed.
 */
class PayloadTest {
  private static final long SEED = Long.getLong("quiver.seed", 2026);
  private static final long COLLECTION = 1;
  private static final int KEYS = 900;

  private final Random random = new Random(SEED);
  private final FaultyFiles files = new FaultyFiles(SEED);
  private final List<ColumnType> types = new ArrayList<>();
  private final TreeMap<Long, @Nullable Object[]> rows = new TreeMap<>();
  private CollectionSchema schema;
  private VectorEngine engine;

  PayloadTest() {
    types.add(new ColumnType.Scalar(ScalarKind.INT64));
    types.addAll(RandomValues.types());
    List<ColumnSpec> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      columns.add(ColumnSpec.of(i, "c" + i, types.get(i), i > 0));
    }
    schema = schema(columns, false);
    engine = open();
    engine.define(new Definition(List.of(new SchemaChange.Create(schema)), new byte[] {1}));
  }

  private static CollectionSchema schema(List<ColumnSpec> columns, boolean indexed) {
    List<IndexSpec> indexes = new ArrayList<>();
    for (ColumnSpec column : columns) {
      if (indexed && PayloadIndex.supports(column.type())) {
        indexes.add(new IndexSpec.Payload(column.name() + "_index", column.name()));
      }
    }
    return new CollectionSchema(
        COLLECTION, "payload", columns, List.of(0), 2, OptionalInt.empty(), indexes);
  }

  private VectorEngine open() {
    EngineOptions options =
        new EngineOptions(
            (recipe, source) -> source == null ? null : (long) ((String) source).length(),
            150,
            100_000,
            100_000,
            1,
            SEED);
    return VectorEngine.open(files, options, new RecordingSubscriber(), 1 << 20);
  }

  private void write(int changes) {
    WriteBatch batch = new WriteBatch(schema);
    for (int i = 0; i < changes; i++) {
      long key = random.nextInt(KEYS);
      if (random.nextInt(5) == 0) {
        batch.delete(WriteBatch.Expectation.ANY, new Object[] {key});
        rows.remove(key);
      } else {
        @Nullable Object[] row = new @Nullable Object[types.size()];
        row[0] = key;
        for (int column = 1; column < row.length; column++) {
          boolean derived = schema.columns().get(column).derivation().isPresent();
          boolean absent = random.nextInt(5) == 0;
          row[column] = derived || absent ? null : RandomValues.of(types.get(column), random);
        }
        @Nullable Object[] before = rows.get(key);
        if (before != null && random.nextInt(3) > 0) {
          for (int column = 1; column < row.length; column++) {
            boolean isVector = !PayloadIndex.supports(types.get(column));
            row[column] = isVector || random.nextInt(3) > 0 ? before[column] : row[column];
          }
          batch.update(WriteBatch.Expectation.UNCHANGED, before, row);
        } else {
          batch.put(WriteBatch.Expectation.ANY, row);
        }
        rows.put(key, row);
      }
    }
    engine.commit(List.of(batch), engine.snapshotPosition());
  }

  private void redefine(List<ColumnSpec> columns, boolean indexed) {
    schema = schema(columns, indexed);
    engine.define(new Definition(List.of(new SchemaChange.Replace(schema)), new byte[] {2}));
  }

  @Test
  void filtersAreRightAtEveryStage() {
    write(100);
    check("in the memtable");
    for (int i = 0; i < 12; i++) {
      write(100);
    }
    check("in several segments");
    redefine(schema.columns(), true);
    check("with indexes on their way");
    engine.optimize(COLLECTION, StopSignal.NEVER);
    check("with indexes");
    write(150);
    check("after updates and deletes");
    addColumns();
    check("with columns added");
    write(150);
    check("with columns added and written");
    engine.optimize(COLLECTION, StopSignal.NEVER);
    check("with columns added and indexed");
    engine.close();
    engine = open();
    check("after a restart");
    write(50);
    check("after a restart and more");
    engine.close();
  }

  /** An ordinary one and one derived from the strings, as an indexed JSON path is. */
  private void addColumns() {
    List<ColumnSpec> columns = new ArrayList<>(schema.columns());
    int string = types.indexOf(new ColumnType.Scalar(ScalarKind.STRING));
    int added = columns.size();
    types.add(new ColumnType.Scalar(ScalarKind.INT32));
    columns.add(ColumnSpec.of(added, "later", types.getLast(), true));
    types.add(new ColumnType.Scalar(ScalarKind.INT64));
    columns.add(
        new ColumnSpec(
            added + 1,
            "derived",
            types.getLast(),
            true,
            Optional.of(new Derivation("c" + string, "length"))));
    rows.replaceAll((key, row) -> java.util.Arrays.copyOf(row, types.size()));
    redefine(columns, true);
  }

  private void check(String stage) {
    List<Long> keys = List.copyOf(rows.keySet());
    List<List<@Nullable Object>> columns = columns();
    NaiveFilter naive = new NaiveFilter(columns);
    RandomFilters filters = new RandomFilters(types, random);
    try (Snapshot snapshot = engine.snapshot()) {
      CollectionView view = snapshot.collection(COLLECTION);
      for (int i = 0; i < 60; i++) {
        RowFilter filter = filters.tree(random.nextInt(3));
        Set<Long> expected = new TreeSet<>();
        for (int row = 0; row < keys.size(); row++) {
          if (naive.holds(filter, row)) {
            expected.add(keys.get(row));
          }
        }
        String what = stage + ", seed " + SEED + ", " + filter;
        assertThat(scan(view, filter)).as(what).isEqualTo(expected);
        assertThat(view.count(filter, StopSignal.NEVER)).as(what).isEqualTo(expected.size());
        search(view, filter, expected, what);
      }
    }
  }

  private List<List<@Nullable Object>> columns() {
    List<List<@Nullable Object>> columns = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      Optional<Derivation> derivation = schema.columns().get(i).derivation();
      int source = derivation.map(d -> schema.ordinal(d.source()).orElseThrow()).orElse(i);
      List<@Nullable Object> column = new ArrayList<>();
      for (Map.Entry<Long, @Nullable Object[]> row : rows.entrySet()) {
        Object value = row.getValue()[source];
        boolean derived = derivation.isPresent() && value != null;
        column.add(derived ? (Object) (long) ((String) value).length() : value);
      }
      columns.add(column);
    }
    return columns;
  }

  private static Set<Long> scan(CollectionView view, RowFilter filter) {
    Set<Long> keys = new TreeSet<>();
    RowScan scan = view.scan(filter, StopSignal.NEVER);
    long[] names = new long[50];
    for (int count = scan.next(names); count > 0; count = scan.next(names)) {
      for (int i = 0; i < count; i++) {
        assertThat(keys.add((Long) view.value(names[i], 0))).isTrue();
      }
    }
    return keys;
  }

  private void search(CollectionView view, RowFilter filter, Set<Long> expected, String what) {
    int column = types.indexOf(new ColumnType.DenseVector(3, VectorElement.FLOAT32));
    long found = expected.stream().filter(key -> rows.get(key)[column] != null).count();
    SearchHits hits =
        view.search(
            new SearchRequest.Dense(
                column,
                new float[] {1, 2, 3},
                DistanceMetric.L2,
                10,
                100,
                false,
                filter,
                Double.POSITIVE_INFINITY),
            StopSignal.NEVER);
    assertThat(hits.size()).as(what).isEqualTo((int) Math.min(10, found));
    for (long row : hits.rows()) {
      assertThat(expected).as(what).contains((Long) view.value(row, 0));
    }
  }
}
