package io.quiver.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quiver.engine.schema.CollectionSchema;
import io.quiver.engine.search.CollectionView;
import io.quiver.engine.search.RowFilter;
import io.quiver.engine.search.SearchHits;
import io.quiver.engine.search.StopSignal;
import io.quiver.engine.write.WriteBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VectorEngineTest {
  private static final RowFilter ALL = new RowFilter.All();

  private final CollectionSchema pages = Pages.schema(1);

  private VectorEngine inMemory() {
    VectorEngine engine =
        VectorEngine.openInMemory(Pages.options(1_000), new RecordingSubscriber());
    engine.define(Pages.create(pages));
    return engine;
  }

  private static List<Long> ids(CollectionView view, SearchHits hits) {
    List<Long> ids = new ArrayList<>();
    for (long row : hits.rows()) {
      ids.add((Long) view.value(row, Pages.ID));
    }
    return ids;
  }

  @Test
  void committedRowsAreFoundNearestFirst() {
    try (VectorEngine engine = inMemory()) {
      engine.commit(
          List.of(
              Pages.insert(
                  pages,
                  Pages.row(1, "en", 10, 1, 0, 0, 0),
                  Pages.row(2, "de", 20, 0, 1, 0, 0),
                  Pages.row(3, "en", 30, 2, 0, 0, 0))),
          0);
      try (Snapshot snapshot = engine.snapshot()) {
        CollectionView view = snapshot.collection(Pages.COLLECTION);
        SearchHits hits = view.search(Pages.nearest(2, ALL, 2, 0, 0, 0), StopSignal.NEVER);
        assertThat(ids(view, hits)).containsExactly(3L, 1L);
        assertThat(hits.distances()).containsExactly(0, 1);
        RowFilter german = new RowFilter.Compare(Pages.LANGUAGE, RowFilter.Comparison.EQUAL, "de");
        assertThat(ids(view, view.search(Pages.nearest(2, german, 2, 0, 0, 0), StopSignal.NEVER)))
            .containsExactly(2L);
        assertThat(view.count(german, StopSignal.NEVER)).isEqualTo(1);
        assertThat(view.rowCount()).isEqualTo(3);
      }
    }
  }

  @Test
  void snapshotSeesNothingCommittedAfterIt() {
    try (VectorEngine engine = inMemory()) {
      engine.commit(List.of(Pages.insert(pages, Pages.row(1, "en", 1, 1, 0, 0, 0))), 0);
      try (Snapshot before = engine.snapshot()) {
        engine.commit(
            List.of(
                Pages.upsert(
                    pages, Pages.row(1, "de", 2, 0, 0, 0, 1), Pages.row(2, "de", 2, 1, 0, 0, 0))),
            0);
        CollectionView view = before.collection(Pages.COLLECTION);
        assertThat(view.rowCount()).isEqualTo(1);
        assertThat(view.value(view.find(new Object[] {1L}), Pages.LANGUAGE)).isEqualTo("en");
        assertThat(view.find(new Object[] {2L})).isEqualTo(-1);
        SearchHits hits = view.search(Pages.nearest(9, ALL, 1, 0, 0, 0), StopSignal.NEVER);
        assertThat(ids(view, hits)).containsExactly(1L);
      }
      try (Snapshot after = engine.snapshot()) {
        CollectionView view = after.collection(Pages.COLLECTION);
        assertThat(view.value(view.find(new Object[] {1L}), Pages.LANGUAGE)).isEqualTo("de");
        assertThat(view.rowCount()).isEqualTo(2);
      }
    }
  }

  @Test
  void insertOfAKeyThatExistsIsRefusedWhole() {
    try (VectorEngine engine = inMemory()) {
      engine.commit(List.of(Pages.insert(pages, Pages.row(1, "en", 1, 1, 0, 0, 0))), 0);
      WriteBatch batch =
          Pages.insert(pages, Pages.row(2, "en", 1, 1, 0, 0, 0), Pages.row(1, "en", 1, 1, 0, 0, 0));
      assertThatThrownBy(() -> engine.commit(List.of(batch), 0))
          .isInstanceOfSatisfying(
              DuplicateKeyException.class,
              e -> {
                assertThat(e.row()).isEqualTo(1);
                assertThat(e.key()).containsExactly(1L);
              });
      try (Snapshot snapshot = engine.snapshot()) {
        assertThat(snapshot.collection(Pages.COLLECTION).rowCount()).isEqualTo(1);
      }
    }
  }

  @Test
  void insertingAKeyTwiceInOneBatchIsRefused() {
    try (VectorEngine engine = inMemory()) {
      WriteBatch batch =
          Pages.insert(pages, Pages.row(1, "en", 1, 1, 0, 0, 0), Pages.row(1, "de", 1, 1, 0, 0, 0));
      assertThatThrownBy(() -> engine.commit(List.of(batch), 0))
          .isInstanceOf(DuplicateKeyException.class);
    }
  }

  @Test
  void laterChangeOfABatchReplacesEarlierOne() {
    try (VectorEngine engine = inMemory()) {
      WriteBatch batch =
          Pages.upsert(
              pages,
              Pages.row(1, "en", 1, 1, 0, 0, 0),
              Pages.row(2, "en", 1, 1, 0, 0, 0),
              Pages.row(1, "de", 2, 1, 0, 0, 0));
      batch.delete(WriteBatch.Expectation.ANY, new Object[] {2L});
      engine.commit(List.of(batch), 0);
      try (Snapshot snapshot = engine.snapshot()) {
        CollectionView view = snapshot.collection(Pages.COLLECTION);
        assertThat(view.rowCount()).isEqualTo(1);
        assertThat(view.value(view.find(new Object[] {1L}), Pages.LANGUAGE)).isEqualTo("de");
      }
    }
  }

  @Test
  void updateOfARowWrittenSinceConflicts() {
    try (VectorEngine engine = inMemory()) {
      long first =
          engine.commit(List.of(Pages.insert(pages, Pages.row(1, "en", 1, 1, 0, 0, 0))), 0);
      engine.commit(List.of(Pages.upsert(pages, Pages.row(1, "de", 1, 1, 0, 0, 0))), first);
      WriteBatch update =
          new WriteBatch(pages)
              .put(WriteBatch.Expectation.UNCHANGED, Pages.row(1, "fr", 1, 1, 0, 0, 0));
      assertThatThrownBy(() -> engine.commit(List.of(update), first))
          .isInstanceOf(WriteConflictException.class);
      long later = engine.commit(List.of(update), first + 1);
      WriteBatch delete =
          new WriteBatch(pages).delete(WriteBatch.Expectation.UNCHANGED, new Object[] {1L});
      engine.commit(List.of(delete), later);
      assertThatThrownBy(() -> engine.commit(List.of(update), later))
          .isInstanceOf(WriteConflictException.class);
    }
  }

  @Test
  void writersAtOnceLoseNothing() throws InterruptedException {
    try (VectorEngine engine = inMemory()) {
      int threads = 8;
      long each = 50;
      CountDownLatch done = new CountDownLatch(threads);
      for (int thread = 0; thread < threads; thread++) {
        long from = thread * each;
        Thread.ofVirtual()
            .start(
                () -> {
                  for (long id = from; id < from + each; id++) {
                    engine.commit(
                        List.of(Pages.insert(pages, Pages.row(id, "en", 1, (float) id, 0, 0, 0))),
                        0);
                  }
                  done.countDown();
                });
      }
      done.await();
      try (Snapshot snapshot = engine.snapshot()) {
        CollectionView view = snapshot.collection(Pages.COLLECTION);
        assertThat(view.rowCount()).isEqualTo(threads * each);
        for (long id = 0; id < threads * each; id++) {
          assertThat(view.find(new Object[] {id})).isNotEqualTo(-1);
        }
      }
    }
  }

  @Test
  void reopenedDirectoryHasEveryCommit(@TempDir Path directory) {
    RecordingSubscriber catalog = new RecordingSubscriber();
    long number;
    try (VectorEngine engine = VectorEngine.open(directory, Pages.options(10), catalog)) {
      engine.define(Pages.create(Pages.schema(3)));
      for (long id = 0; id < 100; id++) {
        engine.commit(
            List.of(
                Pages.insert(Pages.schema(3), Pages.row(id, "en", (int) id, (float) id, 0, 0, 0))),
            0);
      }
      engine.commit(
          List.of(
              new WriteBatch(Pages.schema(3))
                  .delete(WriteBatch.Expectation.ANY, new Object[] {7L})),
          0);
      number = engine.nextRowNumber();
    }
    RecordingSubscriber again = new RecordingSubscriber();
    try (VectorEngine engine = VectorEngine.open(directory, Pages.options(10), again);
        Snapshot snapshot = engine.snapshot()) {
      CollectionView view = snapshot.collection(Pages.COLLECTION);
      assertThat(view.rowCount()).isEqualTo(99);
      assertThat(view.find(new Object[] {7L})).isEqualTo(-1);
      SearchHits hits = view.search(Pages.nearest(3, ALL, 50, 0, 0, 0), StopSignal.NEVER);
      assertThat(ids(view, hits)).containsExactly(50L, 49L, 51L);
      assertThat(again.records()).containsExactly((byte) 1);
      assertThat(engine.nextCollectionId()).isGreaterThan(Pages.COLLECTION);
      assertThat(engine.nextRowNumber()).isGreaterThan(number);
    }
  }

  @Test
  void directoryOpenTwiceIsRefused(@TempDir Path directory) {
    try (VectorEngine engine =
        VectorEngine.open(directory, Pages.options(10), new RecordingSubscriber())) {
      assertThat(engine.status()).isEmpty();
      assertThatThrownBy(
              () -> VectorEngine.open(directory, Pages.options(10), new RecordingSubscriber()))
          .isInstanceOf(StorageException.class)
          .hasMessage(
              "Database "
                  + directory
                  + " cannot be opened: this process has opened it already. Close it there first,"
                  + " or reach it through that process.");
    }
  }

  @Test
  void foreignDirectoryIsRefused(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("letter.txt"), "Dear Sir");
    assertThatThrownBy(
            () -> VectorEngine.open(directory, Pages.options(10), new RecordingSubscriber()))
        .isInstanceOf(CorruptDataException.class)
        .hasMessage(
            "Directory "
                + directory
                + " is not a Quiver database: it holds letter.txt. Name an empty or a new"
                + " directory.");
    assertThat(directory.toFile().list()).containsExactly("letter.txt");
  }
}
