package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.CollectionStatus.SegmentStatus;
import io.quiver.engine.io.FaultyFiles;
import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.schema.ColumnSpec;
import io.quiver.engine.schema.ColumnType;
import io.quiver.engine.schema.IndexSpec;
import io.quiver.engine.schema.ScalarKind;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.Definition;
import io.quiver.engine.write.SchemaChange;
import io.quiver.engine.write.WriteBatch;
import io.quiver.engine.write.WriteBatch.Expectation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Updates that leave vectors alone: the row stays where it is, in the graph and in the files. */
class PatchTest {
  private static final int ROWS = 200;
  private static final long LOG_FILE_BYTES = 20_000;
  private static final float[] QUERY = {0, 1, 2, 3};

  private final FaultyFiles files = new FaultyFiles(1);
  private final CollectionSchema schema = schema();
  private VectorEngine engine = open();

  private static CollectionSchema schema() {
    CollectionSchema pages = Pages.schema(1);
    List<IndexSpec> indexes = new ArrayList<>(pages.indexes());
    indexes.add(new IndexSpec.Payload("by_language", "language"));
    return new CollectionSchema(
        pages.id(),
        pages.name(),
        pages.columns(),
        pages.key(),
        pages.shards(),
        pages.shardKey(),
        indexes);
  }

  private VectorEngine open() {
    return VectorEngine.open(files, Pages.options(1_000), new RecordingSubscriber(), 100_000);
  }

  private static @Nullable Object[] row(long id, String language) {
    return Pages.row(id, language, (int) id, id, 1, 2, 3);
  }

  private void insertAll() {
    engine.define(Pages.create(schema));
    WriteBatch batch = new WriteBatch(schema);
    for (long id = 0; id < ROWS; id++) {
      batch.put(Expectation.ABSENT, row(id, "en"));
    }
    engine.commit(List.of(batch), 0);
  }

  private void update(long id, String from, String to) {
    WriteBatch batch = new WriteBatch(schema);
    batch.update(Expectation.UNCHANGED, row(id, from), row(id, to));
    engine.commit(List.of(batch), engine.snapshotPosition());
  }

  private static RowFilter language(String language) {
    return new RowFilter.Compare(Pages.LANGUAGE, RowFilter.Comparison.EQUAL, language);
  }

  /** Keys of the nearest five rows that a filter admits. */
  private static List<Long> nearest(Snapshot snapshot, RowFilter filter) {
    CollectionView view = snapshot.collection(Pages.COLLECTION);
    SearchHits hits = view.search(Pages.nearest(5, filter, QUERY), StopSignal.NEVER);
    return LongStream.of(hits.rows()).mapToObj(row -> (Long) view.value(row, Pages.ID)).toList();
  }

  private static long count(Snapshot snapshot, String language) {
    return snapshot.collection(Pages.COLLECTION).count(language(language), StopSignal.NEVER);
  }

  private static @Nullable Object languageOf(Snapshot snapshot, long id) {
    CollectionView view = snapshot.collection(Pages.COLLECTION);
    return view.value(view.find(new Object[] {id}), Pages.LANGUAGE);
  }

  private List<SegmentStatus> segments() {
    return engine.status().getFirst().segments();
  }

  private void checkNewAndOld(Snapshot before) {
    try (Snapshot now = engine.snapshot()) {
      assertThat(nearest(now, language("x"))).containsExactly(1L, 3L);
      assertThat(nearest(now, language("en"))).containsExactly(0L, 2L, 4L, 5L, 6L);
      assertThat(count(now, "x")).isEqualTo(2);
      assertThat(count(now, "en")).isEqualTo(ROWS - 2);
      assertThat(languageOf(now, 3)).isEqualTo("x");
    }
    assertThat(nearest(before, language("x"))).isEmpty();
    assertThat(nearest(before, language("en"))).containsExactly(0L, 1L, 2L, 3L, 4L);
    assertThat(count(before, "x")).isZero();
    assertThat(languageOf(before, 3)).isEqualTo("en");
  }

  @Test
  void noVectorIsIndexedAgain() {
    insertAll();
    engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
    long log = engine.logBytes();
    SegmentStatus graph = segments().getFirst();
    assertThat(graph.state()).isEqualTo("indexed");
    try (Snapshot before = engine.snapshot()) {
      assertThat(count(before, "en")).as("kept for the filter").isEqualTo(ROWS);
      update(1, "en", "x");
      update(3, "en", "x");
      checkNewAndOld(before);
      assertThat(segments().getFirst()).isEqualTo(graph);
      assertThat(segments()).filteredOn(each -> each.rows() > 0).hasSize(1);
      // 16 bytes of vector a row are little, but the row's other columns are spared too.
      assertThat((engine.logBytes() - log) / 2).isLessThan(140);
      engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
      checkNewAndOld(before);
    }
    assertThat(segments().getFirst().segment())
        .as("patches go into a new file")
        .isNotEqualTo(graph.segment());
    assertThat(segments().getFirst().rowsIndexed()).isEqualTo(ROWS);
    assertThat(segments().getFirst().deletedRows()).isZero();
    engine.close();
  }

  @Test
  void rowsOfTheMemtableStayTooAndAreSealedAsTheyAre() {
    insertAll();
    try (Snapshot before = engine.snapshot()) {
      update(1, "en", "x");
      update(3, "en", "x");
      checkNewAndOld(before);
      assertThat(segments()).singleElement().extracting(SegmentStatus::rows).isEqualTo((long) ROWS);
      assertThat(segments().getFirst().deletedRows()).isZero();
      engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
      checkNewAndOld(before);
    }
    engine.close();
  }

  @Test
  void patchesSurviveAKillAndAClose() {
    insertAll();
    engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
    update(1, "en", "y");
    update(3, "en", "x");
    update(1, "y", "x");
    // As it lies on the disk now: the log alone has them.
    FaultyFiles killed = files.copy(7);
    engine.close();
    for (FaultyFiles disk : List.of(killed, files)) {
      // The second opening finds them in a file of their own.
      for (int opening = 0; opening < 3; opening++) {
        engine = VectorEngine.open(disk, Pages.options(1_000), new RecordingSubscriber(), 100_000);
        try (Snapshot now = engine.snapshot()) {
          assertThat(nearest(now, language("x"))).containsExactly(1L, 3L);
          assertThat(count(now, "en")).isEqualTo(ROWS - 2);
          assertThat(count(now, "y")).isZero();
        }
        engine.close();
      }
      assertThat(disk.paths()).anyMatch(path -> path.contains("/patches-"));
    }
  }

  @Test
  void manyPatchesAreFoldedIntoANewSegment() throws InterruptedException {
    insertAll();
    engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
    long segment = segments().getFirst().segment();
    for (long id = 0; id < ROWS / 4; id++) {
      update(id, "en", "x");
    }
    for (int i = 0; i < 2_000 && segments().getFirst().segment() == segment; i++) {
      Thread.sleep(5);
    }
    assertThat(segments().getFirst().segment()).isNotEqualTo(segment);
    try (Snapshot now = engine.snapshot()) {
      assertThat(count(now, "x")).isEqualTo(ROWS / 4);
    }
    engine.close();
  }

  @Test
  void segmentWithManyDeletionsIsWrittenAnewAtOnce() throws InterruptedException {
    insertAll();
    engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
    long segment = segments().getFirst().segment();
    WriteBatch batch = new WriteBatch(schema);
    for (long id = 0; id < ROWS / 4; id++) {
      batch.delete(Expectation.ANY, new Object[] {id});
    }
    engine.commit(List.of(batch), 0);
    for (int i = 0; i < 2_000 && segments().getFirst().segment() == segment; i++) {
      Thread.sleep(5);
    }
    assertThat(segments().getFirst().segment()).isNotEqualTo(segment);
    assertThat(segments().getFirst().deletedRows()).isZero();
    engine.close();
  }

  /** The log is cut and memory given back though nothing is ever sealed. */
  @Test
  void rowUpdatedOverAndOverKeepsLogAndMemorySmall() throws InterruptedException {
    insertAll();
    engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
    engine.close();
    engine =
        VectorEngine.open(files, Pages.options(1_000), new RecordingSubscriber(), LOG_FILE_BYTES);
    update(0, "en", "0");
    try (Snapshot old = engine.snapshot()) {
      for (int i = 0; i < 1_500; i++) {
        update(0, String.valueOf(i), String.valueOf(i + 1));
      }
      assertThat(languageOf(old, 0)).isEqualTo("0");
    }
    for (int i = 0; i < 2_000 && engine.logBytes() > 4 * LOG_FILE_BYTES; i++) {
      Thread.sleep(5);
      update(0, "1500", "1500");
    }
    assertThat(engine.logBytes()).isLessThanOrEqualTo(4 * LOG_FILE_BYTES);
    engine.close();
    engine = open();
    try (Snapshot now = engine.snapshot()) {
      assertThat(languageOf(now, 0)).isEqualTo("1500");
    }
    engine.close();
  }

  /** Though the new segment's file does not say when its rows were patched. */
  @Test
  void whoeverReadBeforeAPatchIsToldOfItAfterAMergeToo() {
    insertAll();
    long before = engine.snapshotPosition();
    update(1, "en", "x");
    engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
    WriteBatch late = new WriteBatch(schema);
    late.update(Expectation.UNCHANGED, row(1, "en"), row(1, "y"));
    assertThatThrownBy(() -> engine.commit(List.of(late), before))
        .isInstanceOf(WriteConflictException.class)
        .hasMessage("Row [1] of collection pages1 was written by another commit meanwhile");
    engine.close();
  }

  /**
   * One writer gives two rows the same language at a time; nobody ever sees one without the other.
   */
  @Test
  void readersSeeWholeCommitsWhileRowsArePatchedAndFolded() throws Exception {
    insertAll();
    engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
    AtomicBoolean done = new AtomicBoolean();
    try (ExecutorService readers = Executors.newFixedThreadPool(2)) {
      Callable<Integer> reading =
          () -> {
            int read = 0;
            for (; !done.get(); read++) {
              try (Snapshot now = engine.snapshot()) {
                Object language = languageOf(now, 1);
                assertThat(languageOf(now, 3)).isEqualTo(language);
                assertThat(count(now, String.valueOf(language)))
                    .isEqualTo("en".equals(language) ? ROWS : 2);
                assertThat(count(now, "en")).isEqualTo("en".equals(language) ? ROWS : ROWS - 2);
              }
            }
            return read;
          };
      List<Future<Integer>> reads = List.of(readers.submit(reading), readers.submit(reading));
      String before = "en";
      for (int i = 0; i < 600; i++) {
        String next = i % 5 == 0 ? "en" : "l" + i;
        WriteBatch batch = new WriteBatch(schema);
        for (long id = 1; id <= 3; id += 2) {
          batch.update(Expectation.UNCHANGED, row(id, before), row(id, next));
        }
        engine.commit(List.of(batch), engine.snapshotPosition());
        before = next;
        if (i % 150 == 149) {
          engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
        }
      }
      done.set(true);
      for (Future<Integer> read : reads) {
        assertThat(read.get()).isPositive();
      }
    } finally {
      done.set(true);
    }
    engine.close();
  }

  /** Cut anywhere while a column is added with values for the rows there are: both or neither. */
  @Test
  void definitionAndTheRowsThatComeWithItAreThereTogether() {
    insertAll();
    engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
    engine.close();
    List<ColumnSpec> columns = new ArrayList<>(schema.columns());
    columns.add(ColumnSpec.of(9, "number", new ColumnType.Scalar(ScalarKind.INT64), false));
    CollectionSchema wider =
        new CollectionSchema(
            schema.id(),
            schema.name(),
            columns,
            schema.key(),
            schema.shards(),
            schema.shardKey(),
            schema.indexes(),
            1);
    int added = 0;
    int tries = 8;
    for (int calls = 1; calls <= tries; calls++) {
      FaultyFiles disk = files.copy(calls);
      engine = VectorEngine.open(disk, Pages.options(1_000), new RecordingSubscriber(), 100_000);
      WriteBatch numbers = new WriteBatch(wider);
      for (long id = 0; id < ROWS; id++) {
        numbers.patch(new Object[] {id}, new int[] {5}, new Object[] {id + 1});
      }
      disk.failAt(calls, Long.MAX_VALUE / 2, FaultyFiles.Fault.FAIL);
      try {
        engine.define(
            new Definition(List.of(new SchemaChange.Replace(wider)), new byte[] {2}),
            List.of(numbers));
      } catch (StorageException cut) {
        assertThat(cut).hasMessageContaining("log");
      }
      try {
        engine.close();
      } catch (StorageException cut) {
        assertThat(cut).hasMessageContaining("was not closed cleanly");
      }
      disk.cutPower();
      engine = VectorEngine.open(disk, Pages.options(1_000), new RecordingSubscriber(), 100_000);
      try (Snapshot now = engine.snapshot()) {
        CollectionView view = now.collection(Pages.COLLECTION);
        boolean isWider = view.schema().columns().size() == 6;
        added += isWider ? 1 : 0;
        for (long id = 0; isWider && id < ROWS; id++) {
          assertThat(view.value(view.find(new Object[] {id}), 5)).isEqualTo(id + 1);
        }
      }
      engine.close();
    }
    assertThat(added).as("of the runs cut short").isBetween(1, tries - 1);
  }

  @Test
  void updateOfAVectorWritesTheRowAgain() {
    insertAll();
    engine.optimize(Pages.COLLECTION, StopSignal.NEVER);
    @Nullable Object[] moved = row(1, "en");
    moved[Pages.EMBEDDING] = new float[] {0, 1, 2, 3};
    WriteBatch batch = new WriteBatch(schema);
    batch.update(Expectation.UNCHANGED, row(1, "en"), moved);
    engine.commit(List.of(batch), engine.snapshotPosition());
    assertThat(segments().getFirst().deletedRows()).isEqualTo(1);
    try (Snapshot now = engine.snapshot()) {
      assertThat(nearest(now, new RowFilter.All()).subList(0, 2)).containsExactlyInAnyOrder(0L, 1L);
    }
    engine.close();
  }

  @Test
  void rowThatIsNotThereCannotBeUpdated() {
    insertAll();
    WriteBatch batch = new WriteBatch(schema);
    batch.update(Expectation.UNCHANGED, row(900, "en"), row(900, "x"));
    assertThatThrownBy(() -> engine.commit(List.of(batch), engine.snapshotPosition()))
        .isInstanceOf(WriteConflictException.class)
        .hasMessage("Row [900] of collection pages1 was written by another commit meanwhile");
    try (Transaction transaction = engine.begin()) {
      assertThatThrownBy(() -> transaction.write(List.of(batch)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid update: of a row that is not there");
    }
    assertThatThrownBy(
            () -> new WriteBatch(schema).update(Expectation.ANY, row(1, "en"), row(2, "en")))
        .hasMessage("Invalid update: it changes the key");
    engine.close();
  }

  /** One batch may change a row several times, and a new row too. */
  @Test
  void changesOfOneRowInACommitBecomeOne() {
    insertAll();
    WriteBatch batch = new WriteBatch(schema);
    @Nullable Object[] other = row(1, "x");
    other[Pages.VIEWS] = 77;
    batch.update(Expectation.UNCHANGED, row(1, "en"), row(1, "x"));
    batch.update(Expectation.ANY, row(1, "x"), other);
    batch.put(Expectation.ABSENT, row(500, "en"));
    batch.update(Expectation.ANY, row(500, "en"), row(500, "z"));
    engine.commit(List.of(batch), engine.snapshotPosition());
    try (Snapshot now = engine.snapshot()) {
      CollectionView view = now.collection(Pages.COLLECTION);
      long row = view.find(new Object[] {1L});
      assertThat(view.value(row, Pages.VIEWS)).isEqualTo(77);
      assertThat(view.value(row, Pages.LANGUAGE)).isEqualTo("x");
      assertThat(languageOf(now, 500)).isEqualTo("z");
      assertThat(Arrays.asList(count(now, "x"), count(now, "z"))).containsExactly(1L, 1L);
    }
    engine.close();
  }
}
