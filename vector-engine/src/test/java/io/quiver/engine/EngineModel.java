package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quiver.engine.io.FaultyFiles;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.RowScan;
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Random operations on an engine over a faulty disk, and beside it a map that says what must be
 * there. A commit that failed by a power cut is wholly there or wholly not.
 */
final class EngineModel {
  private static final RowFilter ALL = new RowFilter.All();
  private static final String[] LANGUAGES = {"de", "en", "fr", "it"};
  private static final int KEYS = 60;

  private final Random random;
  private final FaultyFiles files;
  private final CollectionSchema schema;
  private final EngineOptions options;
  private final List<String> history = new ArrayList<>();
  private Map<Long, @Nullable Object[]> rows = new TreeMap<>();
  private VectorEngine engine;

  EngineModel(long seed) {
    this(seed, new FaultyFiles(seed));
  }

  EngineModel(long seed, FaultyFiles files) {
    random = new Random(seed);
    this.files = files;
    schema = Pages.schema(1 + random.nextInt(3));
    options = Pages.options(3 + random.nextInt(30));
    engine = open();
    engine.define(Pages.create(schema));
  }

  private VectorEngine open() {
    return VectorEngine.open(
        files, options, new RecordingSubscriber(), random.nextBoolean() ? 2_000 : 1 << 20);
  }

  /** Ends what a failed run has left running. */
  void abandon() {
    files.heal();
    engine.close();
  }

  List<String> history() {
    return history;
  }

  void run(int operations) {
    for (int i = 0; i < operations; i++) {
      int dice = random.nextInt(100);
      if (dice < 70) {
        commit();
      } else if (dice < 80) {
        check();
      } else if (dice < 88) {
        reopen();
      } else if (dice < 96) {
        cutPower();
      } else if (dice < 98) {
        history.add("optimize");
        engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
      } else {
        truncate();
      }
    }
    check();
    reopen();
    check();
    engine.close();
  }

  private void truncate() {
    history.add("truncate");
    engine.define(
        new Definition(List.of(new SchemaChange.Truncate(Pages.COLLECTION)), new byte[] {2}));
    rows.clear();
  }

  private void reopen() {
    history.add("reopen");
    engine.close();
    engine = open();
    check();
  }

  /** Lets every call fail from some point on, as after a power cut, then cuts the power. */
  private void cutPower() {
    int calls = 1 + random.nextInt(12);
    history.add("power cut after " + calls + " calls");
    files.failAt(
        calls,
        Long.MAX_VALUE / 2,
        random.nextBoolean() ? FaultyFiles.Fault.FAIL : FaultyFiles.Fault.FALL_SHORT);
    Map<Long, @Nullable Object[]> unknown = null;
    for (int i = 0; i < 20 && unknown == null; i++) {
      Map<Long, @Nullable Object[]> next = new TreeMap<>(rows);
      WriteBatch batch = batch(next);
      try {
        engine.commit(List.of(batch), engine.snapshotPosition());
        rows = next;
      } catch (StorageException e) {
        unknown = next;
      }
    }
    try {
      engine.close();
    } catch (StorageException e) {
      history.add("closed with " + e.getMessage());
    }
    files.cutPower();
    cutPowerWhileOpening();
    engine = open();
    if (unknown != null && !same(contents(), rows)) {
      history.add("the commit under way was kept");
      rows = unknown;
    }
    check();
  }

  /** Recovering may be cut short too, any number of times. */
  private void cutPowerWhileOpening() {
    while (random.nextInt(3) == 0) {
      int calls = 1 + random.nextInt(12);
      history.add("power cut while opening, after " + calls + " calls");
      files.failAt(calls, Long.MAX_VALUE / 2, FaultyFiles.Fault.FAIL);
      try {
        open().close();
      } catch (StorageException e) {
        history.add("opening failed with " + e.getMessage());
      }
      files.cutPower();
    }
  }

  private void commit() {
    Map<Long, @Nullable Object[]> next = new TreeMap<>(rows);
    WriteBatch batch = batch(next);
    history.add("commit of " + batch.changes().size());
    engine.commit(List.of(batch), engine.snapshotPosition());
    rows = next;
  }

  private WriteBatch batch(Map<Long, @Nullable Object[]> next) {
    WriteBatch batch = new WriteBatch(schema);
    int size = 1 + (random.nextInt(10) == 0 ? random.nextInt(40) : random.nextInt(4));
    for (int i = 0; i < size; i++) {
      long key = random.nextInt(KEYS);
      if (random.nextInt(4) == 0) {
        batch.delete(WriteBatch.Expectation.UNCHANGED, new Object[] {key});
        next.remove(key);
      } else {
        @Nullable Object[] row = row(key);
        @Nullable Object[] before = next.get(key);
        if (before != null && random.nextInt(3) > 0) {
          row = random.nextInt(5) == 0 ? row : patched(before, row);
          batch.update(WriteBatch.Expectation.UNCHANGED, before, row);
        } else {
          batch.put(
              before == null ? WriteBatch.Expectation.ABSENT : WriteBatch.Expectation.UNCHANGED,
              row);
        }
        next.put(key, row);
      }
    }
    return batch;
  }

  /** The row with its vector, and some other values of another. */
  private @Nullable Object[] patched(@Nullable Object[] before, @Nullable Object[] other) {
    @Nullable Object[] row = before.clone();
    for (int column = Pages.LANGUAGE; column < Pages.EMBEDDING; column++) {
      if (random.nextBoolean()) {
        row[column] = other[column];
      }
    }
    return row;
  }

  private @Nullable Object[] row(long key) {
    float[] vector = new float[4];
    for (int i = 0; i < 4; i++) {
      vector[i] = random.nextInt(100);
    }
    return random.nextInt(10) == 0
        ? new @Nullable Object[] {key, null, null, null, null}
        : Pages.row(key, LANGUAGES[random.nextInt(4)], random.nextInt(1000), vector);
  }

  private Map<Long, @Nullable Object[]> contents() {
    Map<Long, @Nullable Object[]> found = new TreeMap<>();
    try (Snapshot snapshot = engine.snapshot()) {
      CollectionView view = snapshot.collection(Pages.COLLECTION);
      RowScan scan = view.scan(ALL, StopSignal.NEVER);
      long[] names = new long[7];
      for (int count = scan.next(names); count > 0; count = scan.next(names)) {
        for (int i = 0; i < count; i++) {
          @Nullable Object[] row = new @Nullable Object[schema.columns().size()];
          for (int column = 0; column < row.length; column++) {
            row[column] = view.value(names[i], column);
          }
          if (found.put((Long) view.value(names[i], 0), row) != null) {
            throw new AssertionError("Key " + row[0] + " is there twice\n" + history);
          }
        }
      }
    }
    return found;
  }

  private static boolean same(
      Map<Long, @Nullable Object[]> left, Map<Long, @Nullable Object[]> right) {
    return left.keySet().equals(right.keySet())
        && left.keySet().stream().allMatch(key -> Arrays.deepEquals(left.get(key), right.get(key)));
  }

  private void check() {
    Map<Long, @Nullable Object[]> found = contents();
    assertThat(found.keySet()).as("keys after %s", history).isEqualTo(rows.keySet());
    found.forEach(
        (key, row) -> assertThat(row).as("row %s after %s", key, history).isEqualTo(rows.get(key)));
    try (Snapshot snapshot = engine.snapshot()) {
      CollectionView view = snapshot.collection(Pages.COLLECTION);
      assertThat(view.rowCount()).as("count after %s", history).isEqualTo(rows.size());
      for (long key = 0; key < KEYS; key++) {
        long row = view.find(new Object[] {key});
        assertThat(row >= 0).as("key %s after %s", key, history).isEqualTo(rows.containsKey(key));
        if (row >= 0) {
          assertThat(view.value(row, Pages.ID)).isEqualTo(key);
        }
      }
      checkSearch(view);
    }
  }

  private void checkSearch(CollectionView view) {
    String language = LANGUAGES[random.nextInt(4)];
    boolean filtered = random.nextBoolean();
    RowFilter filter =
        filtered
            ? new RowFilter.Compare(Pages.LANGUAGE, RowFilter.Comparison.EQUAL, language)
            : ALL;
    float[] query = new float[4];
    for (int i = 0; i < 4; i++) {
      query[i] = random.nextInt(100);
    }
    List<Double> expected = new ArrayList<>();
    for (@Nullable Object[] row : rows.values()) {
      if (row[Pages.EMBEDDING] != null && (!filtered || language.equals(row[Pages.LANGUAGE]))) {
        float[] vector = (float[]) row[Pages.EMBEDDING];
        double sum = 0;
        for (int i = 0; i < 4; i++) {
          sum += (vector[i] - query[i]) * (vector[i] - query[i]);
        }
        expected.add(Math.sqrt(sum));
      }
    }
    expected.sort(null);
    SearchHits hits = view.search(Pages.nearest(5, filter, query), StopSignal.NEVER);
    assertThat(Arrays.stream(hits.distances()).boxed().toList())
        .as("distances after %s", history)
        .isEqualTo(expected.subList(0, Math.min(5, expected.size())));
  }
}
